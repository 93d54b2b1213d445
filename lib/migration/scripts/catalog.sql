-- A line for everything that a database is made of, as text.
WITH space AS (
  SELECT oid, nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', 'cdk8s_rhdh')
    AND (:'schemas' = '' OR quote_ident(nspname) = ANY (string_to_array(:'schemas', E'\n')))
), relation AS (
  SELECT c.*, format('%I.%I', nspname, relname) AS name FROM pg_class c JOIN space ON space.oid = relnamespace
  WHERE NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
), line (kind, body) AS (
  SELECT 'schema', nspname::text FROM space
  UNION ALL SELECT 'extension', extname FROM pg_extension WHERE :'schemas' = ''
  UNION ALL SELECT 'relation', format('%s %s %s', relkind, relpersistence, name) FROM relation WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
  UNION ALL SELECT 'column', format('%s %I %s %s default %s', name, attname, format_type(atttypid, atttypmod),
      format('notnull %s identity %L generated %L', attnotnull, attidentity, attgenerated), pg_get_expr(adbin, adrelid))
    FROM relation JOIN pg_attribute a ON attrelid = relation.oid LEFT JOIN pg_attrdef d ON adrelid = attrelid AND adnum = attnum
    WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND attnum > 0 AND NOT attisdropped
  UNION ALL SELECT 'index', pg_get_indexdef(indexrelid) FROM pg_index JOIN relation ON oid = indexrelid WHERE indisvalid
  UNION ALL SELECT 'constraint', format('%s %I %s', conrelid::regclass, conname, pg_get_constraintdef(c.oid)) FROM pg_constraint c JOIN relation ON relation.oid = conrelid WHERE contype <> 'n'
  UNION ALL SELECT 'trigger', format('%s %s', tgenabled, pg_get_triggerdef(t.oid)) FROM pg_trigger t JOIN relation ON relation.oid = tgrelid WHERE NOT tgisinternal
  -- From 16 on, PostgreSQL prints a column's table only where it must.
  UNION ALL SELECT 'view', format('%s %s', name, regexp_replace(pg_get_viewdef(oid), '("[^"]*"|\w+)\.', '', 'g')) FROM relation WHERE relkind IN ('v', 'm')
  UNION ALL SELECT 'sequence', format('%I.%I %s %s %s %s %s %s at %s', schemaname, sequencename, data_type, start_value, min_value, max_value, increment_by, cycle, last_value) FROM pg_sequences WHERE schemaname IN (SELECT nspname FROM space)
)
SELECT json_build_object(kind, body)::text FROM line ORDER BY 1;
