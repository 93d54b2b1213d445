-- Ends all sessions in the databases of :databases but those of the move.
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datid = ANY (:'databases'::oid[]) AND coalesce(backend_type, 'client backend') = 'client backend'
  AND coalesce(application_name, '') NOT LIKE 'cdk8s-rhdh-move %';
