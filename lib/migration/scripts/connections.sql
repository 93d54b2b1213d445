-- A line for each limit on the connections to server :side: how many workers it has places for, how many sessions are
-- free, how many the copy needs beside its workers, and the limit in words. FACTS is the file with the facts of the
-- source's databases. At the source each database has one more session, which holds its snapshot. A worker counts
-- twice: its next session may begin before the server has ended the one before. The users of the source's databases are
-- not counted: they are stopped before the copy.
\set facts `cat "$FACTS"`
WITH wanted AS (
  SELECT CASE :'side' WHEN 'source' THEN name ELSE target END AS name FROM json_to_recordset(:'facts') AS _ (name text, target text)
), snapshots (number) AS (
  SELECT CASE :'side' WHEN 'source' THEN count(*) ELSE 0 END FROM wanted
), session AS (
  SELECT datname, usename FROM pg_stat_activity
  WHERE usesysid IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend' AND coalesce(application_name, '') <> current_setting('application_name')
    AND NOT (:'side' = 'source' AND datname IS NOT NULL AND datname IN (SELECT name FROM wanted))
), me AS (
  SELECT * FROM pg_roles WHERE rolname = session_user
), allowed (most, used, besides, words) AS (
  SELECT current_setting('max_connections')::bigint - reserved, (SELECT count(*) FROM session), number + 1,
         format('max_connections is %s, of which %s are reserved', current_setting('max_connections'), reserved)
  FROM snapshots, LATERAL (SELECT current_setting('superuser_reserved_connections')::bigint
                                  + coalesce(nullif(current_setting('reserved_connections', true), ''), '0')::bigint) AS _ (reserved)
  UNION ALL
  SELECT rolconnlimit, (SELECT count(*) FROM session WHERE usename = rolname), number + 1, format('role %s has CONNECTION LIMIT %s', to_json(rolname::text), rolconnlimit)
  FROM me, snapshots WHERE rolconnlimit >= 0 AND NOT rolsuper
  UNION ALL
  SELECT datconnlimit, (SELECT count(*) FROM session WHERE session.datname = d.datname), least(number, 1) + 1,
         format('database %s has CONNECTION LIMIT %s', to_json(d.datname::text), datconnlimit)
  FROM me, snapshots, pg_database d
  WHERE datconnlimit >= 0 AND NOT rolsuper AND datname IN (SELECT name FROM wanted)
)
SELECT greatest((most - used - besides) / 2, 0), greatest(most - used, 0), besides, format('%s, and %s are in use', words, used)
FROM allowed ORDER BY 1, 2;
