-- A finding for each foreign key of the source that is not checked there (DISABLE TRIGGER) and that rows break: the target
-- would not take it. Keys that compare by operators which are not PostgreSQL's own are left to the target.
SELECT format('SELECT json_build_object(''level'', ''refuses'', ''code'', ''source/unchecked'', ''text'', %L) WHERE EXISTS (SELECT FROM ONLY %s AS f WHERE (%s) AND NOT EXISTS (SELECT FROM %s AS k WHERE %s))',
              format('Rows of table %s of database %s break its foreign key %s, which is not checked there (DISABLE TRIGGER), and the target would not take them: correct them first.',
                     conrelid::regclass, current_database(), quote_ident(conname)),
              conrelid::regclass, given, CASE key.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END || confrelid::regclass, matches)
FROM pg_constraint c JOIN pg_class referring ON referring.oid = conrelid JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_class key ON key.oid = confrelid, LATERAL (
  SELECT string_agg(format('f.%I IS NOT NULL', f.attname), CASE confmatchtype WHEN 'f' THEN ' OR ' ELSE ' AND ' END),
         string_agg(format('k.%I OPERATOR(pg_catalog.%s) f.%I%s', k.attname, oprname, f.attname, ' COLLATE ' || nullif(k.attcollation, 0)::regcollation), ' AND '),
         bool_and(o.oid < 16384)
  FROM unnest(conkey, confkey, conpfeqop) AS _ (f, k, operator) JOIN pg_attribute f ON f.attrelid = conrelid AND f.attnum = _.f
       JOIN pg_attribute k ON k.attrelid = confrelid AND k.attnum = _.k JOIN pg_operator o ON o.oid = operator
) AS compared (given, matches, known)
WHERE contype = 'f' AND convalidated AND known AND referring.relkind = 'r' AND coalesce(to_jsonb(c) ->> 'conperiod', 'false') = 'false'
  -- What PostgreSQL makes for each partition that is referred to is no key of its own.
  AND NOT EXISTS (SELECT FROM pg_constraint parent WHERE parent.oid = c.conparentid AND parent.conrelid = c.conrelid)
  AND EXISTS (SELECT FROM pg_trigger WHERE tgconstraint = c.oid AND tgenabled <> 'O')
  AND (:'schemas' = '' OR quote_ident(nspname) = ANY (string_to_array(:'schemas', E'\n')))
  -- What the login may not read is refused as such.
  AND (SELECT bool_and(has_schema_privilege(relnamespace, 'USAGE') AND has_table_privilege(oid, 'SELECT') AND NOT row_security_active(oid)) FROM pg_class WHERE oid IN (conrelid, confrelid))
ORDER BY concat(conrelid::regclass), conname \gexec
