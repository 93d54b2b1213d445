-- Major version, version, and what tells this cluster from every other.
SELECT current_setting('server_version_num')::int / 10000 || E'\t' || current_setting('server_version') || E'\t'
       || system_identifier
FROM pg_control_system();
