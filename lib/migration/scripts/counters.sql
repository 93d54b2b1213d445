-- A line for everything of a database that a write would change: counters and file of each table, sequences, large
-- objects, relations. Statistics of a session are complete once it has ended.
SELECT format('written %s %s %s %s %s', to_json(concat(c.oid::regclass)), pg_relation_filenode(c.oid), s.n_tup_ins, s.n_tup_upd, s.n_tup_del)
FROM pg_class c LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
WHERE c.relkind IN ('r', 'm', 'S', 'v', 'p', 'f')
  AND (c.relname = 'pg_largeobject' OR c.relnamespace NOT IN (
    SELECT oid FROM pg_namespace WHERE nspname LIKE 'pg\_%' OR nspname IN ('information_schema', 'cdk8s_rhdh')))
UNION ALL
SELECT format('written %s at %s', to_json(format('%I.%I', schemaname, sequencename)), last_value) FROM pg_sequences
WHERE schemaname <> 'cdk8s_rhdh'
ORDER BY 1;
