SET client_min_messages = error;
-- ANALYZE evaluates expressions of indexes and statistics, and differences of ranges. Where they call functions of the
-- database, it is left to autovacuum: a restore would not call them either.
WITH RECURSIVE own (class, oid) AS (
  SELECT classid, objid FROM (
    SELECT 'pg_proc'::regclass, oid FROM pg_proc UNION ALL SELECT 'pg_operator'::regclass, oid FROM pg_operator UNION ALL SELECT 'pg_type'::regclass, oid FROM pg_type WHERE typtype = 'd'
  ) AS object (classid, objid)
  WHERE objid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = object.classid AND d.objid = object.objid AND deptype = 'e')
), range (type) AS (
  SELECT unnest(ARRAY[rngtypid, rngmultitypid]) FROM pg_range WHERE ('pg_proc'::regclass, rngsubdiff) IN (TABLE own)
  UNION ALL SELECT t.oid FROM pg_type t JOIN range ON typbasetype = type
), calling (oid) AS (
  SELECT indrelid FROM pg_index JOIN pg_depend ON classid = 'pg_class'::regclass AND objid = indexrelid WHERE (refclassid, refobjid) IN (TABLE own)
  UNION SELECT stxrelid FROM pg_statistic_ext s JOIN pg_depend ON classid = 'pg_statistic_ext'::regclass AND objid = s.oid WHERE (refclassid, refobjid) IN (TABLE own)
  UNION SELECT coalesce(indrelid, attrelid) FROM pg_attribute LEFT JOIN pg_index ON indexrelid = attrelid WHERE atttypid IN (TABLE range)
)
SELECT format('ANALYZE %s', relid::regclass)
FROM pg_class c JOIN pg_stat_user_tables s ON relid = oid
WHERE schemaname <> 'cdk8s_rhdh' AND last_analyze IS NULL AND last_autoanalyze IS NULL
  AND NOT EXISTS (SELECT FROM calling WHERE calling.oid IN (SELECT c.oid UNION SELECT tree.relid FROM pg_partition_tree(c.oid) AS tree))
ORDER BY relpages DESC \gexec
