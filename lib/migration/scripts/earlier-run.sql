-- Ends the sessions that an earlier run of this move left behind, a line each: its pod was killed, or its node lost, and
-- the server goes on with what they began. A session belongs to the role that logged in, whatever role it took since.
SET ROLE NONE;
SELECT format('%s in database %s, since %s', pid, to_json(coalesce(datname, '')), to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'))
FROM pg_stat_activity, pg_terminate_backend(pid)
WHERE application_name = current_setting('application_name') AND pid <> pg_backend_pid() AND usename = session_user;
