-- Findings of :level, one a client: who else is connected to the databases of server :side. FACTS is the file with the
-- facts of the source's databases. What the server shows to nobody but its monitors is said to be unknown.
\set facts `cat "$FACTS"`
SELECT json_build_object('level', :'level', 'code', CASE :'side' WHEN 'source' THEN 'source/sessions' ELSE 'target/sessions' END, 'text', format(
         'Somebody is connected to database %s of the %s: %s (user %s, from %s, since %s). %s',
         a.datname, :'side', coalesce(nullif(a.application_name, ''), a.backend_type, 'unknown'), a.usename,
         coalesce(host(a.client_addr), CASE WHEN a.backend_type IS NULL THEN 'unknown' ELSE 'the server itself' END),
         coalesce(to_char(min(a.backend_start) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'), 'unknown'),
         CASE :'side' WHEN 'source' THEN 'What they write would be lost; stop them first.'
         ELSE 'They would use a copy that is not complete, and what they write would be taken for a fault of it; stop them first.' END))
FROM pg_stat_activity a
WHERE a.datname IN (SELECT CASE :'side' WHEN 'source' THEN name ELSE target END FROM json_to_recordset(:'facts') AS _ (name text, target text))
  -- The server's own processes belong to no user.
  AND a.usesysid IS NOT NULL AND coalesce(a.application_name, '') NOT LIKE 'cdk8s-rhdh-move %'
GROUP BY a.datname, a.application_name, a.backend_type, a.usename, a.client_addr
ORDER BY a.datname, min(a.pid);
