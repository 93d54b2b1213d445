SELECT t.oid, pg_table_size(t.oid) AS bytes, name, coalesce(columns, '') AS columns, format,
       format('SELECT json_build_object(''schema'', %L, ''table'', %L, ''rows'', count(*), ''checksum'', coalesce(sum(hashtextextended(r, 0)), 0)::text || '':'' || coalesce(sum(hashtextextended(r, 1)), 0)) FROM (SELECT ROW(%s)::text COLLATE "C" AS r FROM ONLY %s OFFSET 0) AS _;',
              schema, relname, texts, name) AS check_statement
FROM (
  SELECT c.oid, n.nspname AS schema, c.relname, format('%I.%I', n.nspname, c.relname) AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\_%' AND n.nspname NOT IN ('information_schema', 'cdk8s_rhdh')
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
) AS t, LATERAL (
  WITH RECURSIVE base AS (
    SELECT a.attnum, y.oid, y.typtype, y.typbasetype, y.typelem, y.typcategory, y.typlen, y.typsend, y.typname
    FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid
    WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT base.attnum, y.oid, y.typtype, y.typbasetype, y.typelem, y.typcategory, y.typlen, y.typsend, y.typname
    FROM base JOIN pg_type y ON y.oid = base.typbasetype
    WHERE base.typtype = 'd'
  )
  SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '') AS columns,
         CASE WHEN bool_and(a.attgenerated <> '' OR b.typtype = 'e' OR (b.oid < 16384 AND b.typtype = 'b' AND b.typsend <> 0 AND b.typname NOT LIKE '%reg%'))
              THEN 'binary' ELSE 'text' END AS format,
         coalesce(string_agg(
           CASE
             WHEN b.oid = 'bytea'::regtype THEN format('sha256(%I::bytea)', a.attname)
             WHEN b.oid IN ('text'::regtype, 'varchar'::regtype)
             THEN format('CASE WHEN octet_length(%1$I) > 8192 THEN sha256(convert_to(%1$I, getdatabaseencoding()))::text ELSE %1$I::text END', a.attname)
             WHEN b.typcategory IN ('A', 'C') OR b.typlen = -1 AND b.typcategory = 'U'
             THEN format('sha256(convert_to(%I::text, getdatabaseencoding()))', a.attname)
             ELSE quote_ident(a.attname)
           END, ', ' ORDER BY a.attnum), '') AS texts
  FROM pg_attribute a JOIN base b ON b.attnum = a.attnum AND b.typtype <> 'd'
  WHERE a.attrelid = t.oid
) AS column_list
