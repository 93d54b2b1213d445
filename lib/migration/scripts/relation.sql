-- Every table that a copy is made of, with what reads, writes and checks it. Values are compared as the output functions
-- of their types give them, which is what COPY writes: `concat` calls them, where a cast to text may be anybody's function.
SELECT t.oid, pg_table_size(t.oid) AS bytes, name, columns, format, relkind = 'r' AND columns IS NOT NULL AND NOT member AS alone, member,
       format('SELECT unnest(ARRAY[%s]) FROM %s%s;', concat_ws(', ',
                format('json_build_object(''schema'', %L, ''table'', %L, ''rows'', %s, ''checksum'', concat(coalesce(sum(%s), 0), '':'', coalesce(sum(%s), 0)))',
                       schema, relname, CASE WHEN sampled THEN format('(SELECT count(*) FROM ONLY %s), ''compared'', count(*)', name) ELSE 'count(*)' END,
                       format(hashes, 0), format(hashes, 1)),
                computed),
              CASE relkind WHEN 'r' THEN 'ONLY ' ELSE '' END,
              concat_ws(' ', name, coalesce(condition, CASE WHEN sampled THEN format('WHERE %s %% 100 = 0', key) END))) AS check_statement,
       large AND NOT sampled AS keyless
FROM (
  -- The hash of an enum differs from database to database, so rows that are partitioned by it are looked at together.
  WITH scattered AS (
    SELECT partrelid AS oid FROM pg_partitioned_table
    WHERE EXISTS (SELECT FROM pg_opclass WHERE oid = ANY (partclass::oid[]) AND opcname = 'enum_ops' AND partstrat = 'h')
  ), part AS (
    SELECT relid AS oid FROM scattered, pg_partition_tree(scattered.oid) WHERE relid <> scattered.oid
  ), configuration AS (
    -- Rows of an extension's table that pg_dump copies.
    SELECT config.oid, nullif(config.condition, '') AS condition FROM pg_extension, unnest(extconfig, extcondition) AS config (oid, condition) WHERE :'schemas' = ''
  )
  SELECT c.oid, n.nspname AS schema, c.relname, c.relkind, format('%I.%I', n.nspname, c.relname) AS name, configuration.oid IS NOT NULL AS member, condition
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN configuration ON configuration.oid = c.oid
  WHERE (c.relkind = 'r' OR c.oid IN (TABLE scattered)) AND c.oid NOT IN (TABLE part) AND n.nspname NOT LIKE 'pg\_%' AND n.nspname NOT IN ('information_schema', 'cdk8s_rhdh')
    AND (:'schemas' = '' OR quote_ident(n.nspname) = ANY (string_to_array(:'schemas', E'\n')))
    AND (configuration.oid IS NOT NULL OR NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e'))
) AS t, LATERAL (
  WITH RECURSIVE base AS (
    SELECT a.attnum, y.oid, y.typtype, y.typbasetype, y.typsend, y.typname
    FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid
    WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT base.attnum, y.oid, y.typtype, y.typbasetype, y.typsend, y.typname
    FROM base JOIN pg_type y ON y.oid = base.typbasetype
    WHERE base.typtype = 'd'
  ), expression AS (
    -- What a stored generated column calls. The target computes it anew, so its value is the same only where PostgreSQL
    -- must compute the same: always in one major version, and by what never changed in two; never by functions of users,
    -- nor by what asks libraries of the system about letters.
    SELECT attnum, bool_and(f.oid < 16384 AND f.proname NOT IN ('lower', 'upper', 'initcap') AND (current_setting('server_version_num')::int / 10000 = coalesce(nullif(current_setting('cdk8s_rhdh.target_major', true), '')::int, current_setting('server_version_num')::int / 10000)
                            OR f.prorettype = ANY (plain) AND f.proargtypes::oid[] <@ plain
                              AND (f.proname IN ('length', 'octet_length', 'md5', 'left', 'right', 'substr', 'btrim', 'ltrim', 'rtrim', 'replace', 'abs', 'round', 'floor', 'ceil', 'coalesce', 'int4', 'int8', 'numeric')
                                   OR EXISTS (SELECT FROM pg_operator o WHERE o.oid < 16384 AND o.oprcode = f.oid AND o.oprname IN ('+', '-', '*', '/', '%', '=', '<>', '||', '->', '->>', '#>', '#>>'))))) AS certain
    FROM pg_attribute a JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum,
         regexp_matches(concat(adbin), ':(?:funcid|opfuncid|aggfnoid) (\d+)', 'g') AS call JOIN pg_proc f ON f.oid = oidin(textout(call[1])),
         LATERAL (SELECT '{bool,int2,int4,int8,numeric,text,varchar,bpchar,uuid,json,jsonb}'::regtype[]::oid[]) AS _ (plain)
    WHERE a.attrelid = t.oid AND a.attgenerated = 's'
    GROUP BY attnum
  ), attribute AS (
    SELECT a.attnum, a.attname, a.attgenerated,
           a.attgenerated <> '' OR b.typtype = 'e' OR (b.oid < 16384 AND b.typtype = 'b' AND b.typsend <> 0 AND b.typname NOT LIKE '%reg%') AS sendable,
           a.attgenerated = '' OR coalesce(certain, true) AS certain,
           -- A sign before the text tells an empty one from NULL. A row of nothing but NULLs is no NULL, though `IS NULL` says so.
           format('hashtextextended(%s COLLATE "C", ', format(CASE
             -- The one value that differs on purpose: the copy is unlocked.
             WHEN t.relname LIKE '%knex_migrations_lock' AND a.attname = 'is_locked' AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype) THEN '''0'''
             WHEN b.oid IN ('text'::regtype, 'varchar'::regtype) THEN 'coalesce(''+'' || %1$I, ''-'')'
             WHEN b.oid = 'bytea'::regtype THEN 'coalesce(''+'' || encode(sha256(%1$I), ''hex''), ''-'')'
             ELSE 'CASE WHEN %1$I IS NOT DISTINCT FROM NULL THEN ''-'' ELSE concat(''+'', %1$I) END' END, a.attname)) AS hash
    FROM pg_attribute a JOIN base b ON b.attnum = a.attnum AND b.typtype <> 'd' LEFT JOIN expression ON expression.attnum = a.attnum
    WHERE a.attrelid = t.oid AND a.attgenerated <> 'v' AND NOT (member AND a.attgenerated <> '')
  )
  SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FILTER (WHERE attgenerated = '') AS columns,
         CASE WHEN bool_and(sendable) THEN 'binary' ELSE 'text' END AS format,
         -- The hash of a row: each column's text, hashed with the hash of the columns behind it as its seed, and `%s` at
         -- the end. So no text of a whole row is made.
         coalesce(replace(string_agg(hash, '' ORDER BY attnum) FILTER (WHERE certain), '%', '%%'), '') || '%s' || repeat(')', count(*) FILTER (WHERE certain)::integer) AS hashes,
         string_agg(format('json_build_object(''computed'', %L, ''column'', %L, ''checksum'', concat(sum(%s0)), '':'', sum(%3$s1))))', t.name, attname, hash), ', ' ORDER BY attnum)
           FILTER (WHERE NOT certain) AS computed
  FROM attribute
) AS column_list, LATERAL (
  -- One row of a hundred by the hash of its primary key, so the same rows on both sides.
  SELECT string_agg(format('hashtextextended(concat(%I) COLLATE "C", ', a.attname), '' ORDER BY a.attnum) || '2' || repeat(')', count(*)::integer) AS key
  FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::smallint[])
  WHERE i.indrelid = t.oid AND i.indisprimary
) AS primary_key, LATERAL (
  SELECT pg_table_size(t.oid) >= :sampled AS large, pg_table_size(t.oid) >= :sampled AND key IS NOT NULL AND NOT member AS sampled
) AS sample
