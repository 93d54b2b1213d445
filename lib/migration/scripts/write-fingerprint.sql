-- What a write to a database would change: a hash of its tables' names and files and of its sequences, and the number of
-- rows ever written. Statistics that were lost in a crash make the number smaller.
SELECT md5(string_agg(shape, E'\n' ORDER BY shape)) || ' ' || sum(changes) AS fingerprint
FROM (
  SELECT format('%s %s', c.oid::regclass, pg_relation_filenode(c.oid)), coalesce(n_tup_ins + n_tup_upd + n_tup_del, 0)
  FROM pg_class c LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
  WHERE c.relkind IN ('r', 'm', 'S', 'v', 'p', 'f')
    AND (c.relname = 'pg_largeobject' OR c.relnamespace NOT IN (
      SELECT oid FROM pg_namespace WHERE nspname LIKE 'pg\_%' OR nspname IN ('information_schema', 'cdk8s_rhdh')))
  UNION ALL
  SELECT format('%I.%I at %s', schemaname, sequencename, last_value), 0 FROM pg_sequences WHERE schemaname <> 'cdk8s_rhdh'
) AS part (shape, changes)
