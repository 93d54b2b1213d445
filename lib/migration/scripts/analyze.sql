SET client_min_messages = error;
SELECT format('ANALYZE %s', relid::regclass)
FROM pg_class c JOIN pg_stat_user_tables s ON relid = oid
WHERE schemaname <> 'cdk8s_rhdh' AND last_analyze IS NULL AND last_autoanalyze IS NULL
ORDER BY relpages DESC \gexec
