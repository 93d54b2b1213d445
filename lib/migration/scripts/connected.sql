-- Somebody who is connected to the source at the end: what they wrote need not be in its counters yet.
SELECT format('written perhaps by %s (user %s, from %s, since %s), who is still connected', to_json(coalesce(nullif(application_name, ''), backend_type)),
              usename, coalesce(host(client_addr), 'the server itself'), to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'))
FROM pg_stat_activity
WHERE datname = current_database() AND application_name NOT LIKE 'cdk8s-rhdh-move %' AND coalesce(backend_type, '') NOT LIKE 'autovacuum%';
