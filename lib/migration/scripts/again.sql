-- Of a target that was proven: when, what the source was like then, whether the target is still as it was, and whether
-- others are connected to it.
\set print `cat "$SCRIPTS/print.sql"`
SELECT to_char(proven_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'), source_print, target_print = (:print),
       EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND coalesce(backend_type, 'client backend') = 'client backend'
                 AND coalesce(application_name, '') <> 'cdk8s-rhdh-move')
FROM cdk8s_rhdh.move WHERE source_database = :'source';
