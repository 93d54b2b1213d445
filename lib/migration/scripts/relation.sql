SELECT t.oid, pg_table_size(t.oid) AS bytes, name, columns, format, relkind = 'r' AND columns IS NOT NULL AS alone,
       format('SELECT json_build_object(''schema'', %L, ''table'', %L, ''rows'', %s, ''checksum'', coalesce(sum(%s0%s), 0)::text || '':'' || coalesce(sum(%4$s1%5$s), 0)) FROM %s%s;',
              schema, relname, CASE WHEN sampled THEN format('(SELECT count(*) FROM ONLY %s), ''compared'', count(*)', name) ELSE 'count(*)' END, hashes, closings,
              CASE relkind WHEN 'r' THEN 'ONLY ' ELSE '' END, name || CASE WHEN sampled THEN format(' WHERE %s %% 100 = 0', key) ELSE '' END) AS check_statement,
       large AND NOT sampled AS keyless
FROM (
  -- The hash of an enum differs from database to database, so rows that are partitioned by it are looked at together.
  WITH scattered AS (
    SELECT partrelid AS oid FROM pg_partitioned_table
    WHERE EXISTS (SELECT FROM pg_opclass WHERE oid = ANY (partclass::oid[]) AND opcname = 'enum_ops' AND partstrat = 'h')
  ), part AS (
    SELECT relid AS oid FROM scattered, pg_partition_tree(scattered.oid) WHERE relid <> scattered.oid
  )
  SELECT c.oid, n.nspname AS schema, c.relname, c.relkind, format('%I.%I', n.nspname, c.relname) AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE (c.relkind = 'r' OR c.oid IN (TABLE scattered)) AND c.oid NOT IN (TABLE part) AND n.nspname NOT LIKE 'pg\_%' AND n.nspname NOT IN ('information_schema', 'cdk8s_rhdh')
    AND (:'schemas' = '' OR quote_ident(n.nspname) = ANY (string_to_array(:'schemas', E'\n')))
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
) AS t, LATERAL (
  WITH RECURSIVE base AS (
    SELECT a.attnum, y.oid, y.typtype, y.typbasetype, y.typsend, y.typname
    FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid
    WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT base.attnum, y.oid, y.typtype, y.typbasetype, y.typsend, y.typname
    FROM base JOIN pg_type y ON y.oid = base.typbasetype
    WHERE base.typtype = 'd'
  )
  SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '') AS columns,
         CASE WHEN bool_and(a.attgenerated <> '' OR b.typtype = 'e' OR (b.oid < 16384 AND b.typtype = 'b' AND b.typsend <> 0 AND b.typname NOT LIKE '%reg%'))
              THEN 'binary' ELSE 'text' END AS format,
         -- The hash of a row: each column's text, hashed with the hash of the columns behind it as its seed. So no text
         -- of a whole row is made. A sign before the text tells an empty one from NULL.
         coalesce(string_agg(format('hashtextextended(%s COLLATE "C", ', CASE WHEN a.attnotnull THEN text ELSE format('coalesce(''+'' || %s, ''-'')', text) END),
                             '' ORDER BY a.attnum), '') AS hashes,
         repeat(')', count(*)::integer) AS closings
  FROM pg_attribute a JOIN base b ON b.attnum = a.attnum AND b.typtype <> 'd',
       LATERAL (SELECT format(CASE
         -- The one value that differs on purpose: the copy is unlocked.
         WHEN t.relname LIKE '%knex_migrations_lock' AND a.attname = 'is_locked' THEN '''0'''
         WHEN b.oid = 'bytea'::regtype THEN 'sha256(%I::bytea)::text'
         ELSE '%I::text' END, a.attname)) AS _ (text)
  WHERE a.attrelid = t.oid
) AS column_list, LATERAL (
  -- One row of a hundred by the hash of its primary key, so the same rows on both sides.
  SELECT string_agg(format('hashtextextended(%I::text COLLATE "C", ', a.attname), '' ORDER BY a.attnum) || '2' || repeat(')', count(*)::integer) AS key
  FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::smallint[])
  WHERE i.indrelid = t.oid AND i.indisprimary
) AS primary_key, LATERAL (
  SELECT pg_table_size(t.oid) >= :sampled AS large, pg_table_size(t.oid) >= :sampled AND key IS NOT NULL AS sampled
) AS sample
