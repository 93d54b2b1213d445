-- What the target database is: `empty`, `copying` or `proven` (with `created` where the move made the database, or
-- `shared` where it holds schemas of other databases of the source), or in words what somebody else has in it.
SELECT to_regclass('cdk8s_rhdh.move') IS NOT NULL AS marked \gset
\if :marked
  SELECT coalesce(
    (SELECT format('it is the copy of database %s of another server or name', to_json(source_database)) FROM cdk8s_rhdh.move
     WHERE concat(source_system) <> :'identity' OR source_database <> :'source' AND :'schemas' = '' LIMIT 1),
    (SELECT state || CASE WHEN (SELECT count(*) FROM cdk8s_rhdh.move) > 1 THEN ' shared' WHEN created THEN ' created' ELSE '' END
     FROM cdk8s_rhdh.move WHERE source_database = :'source'),
    'shared');
\else
  WITH object (what) AS (
    SELECT format('%s %s', CASE relkind WHEN 'S' THEN 'sequence' WHEN 'v' THEN 'view' ELSE 'table' END, c.oid::regclass)
    FROM pg_class c
    WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname LIKE 'pg\_%' OR nspname = 'information_schema')
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
    UNION ALL
    SELECT format('function %s', p.oid::regprocedure) FROM pg_proc p
    WHERE pronamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname LIKE 'pg\_%' OR nspname = 'information_schema')
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e')
    UNION ALL
    SELECT format('type %s', t.oid::regtype) FROM pg_type t
    WHERE typtype IN ('e', 'd', 'r') AND typnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname LIKE 'pg\_%' OR nspname = 'information_schema')
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_type'::regclass AND objid = t.oid AND deptype = 'e')
    UNION ALL
    SELECT format('schema %I', nspname) FROM pg_namespace n
    WHERE nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', 'public')
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_namespace'::regclass AND objid = n.oid AND deptype = 'e')
    UNION ALL
    SELECT 'large objects' WHERE EXISTS (SELECT FROM pg_largeobject_metadata)
  )
  SELECT CASE count(*) WHEN 0 THEN 'empty' ELSE translate(min(what), E'\n', ' ') || CASE count(*) WHEN 1 THEN '' ELSE format(' and %s more objects', count(*) - 1) END END
  FROM object;
\endif
