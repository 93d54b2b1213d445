-- The tables of the source in which an index, a constraint or a generated column calls a function of the database itself,
-- with the columns that are written, in COPY's text, which `printf %b` reads.
COPY (
SELECT format('%I.%I', nspname, relname), string_agg(quote_ident(attname), ', ' ORDER BY attnum)
FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
WHERE relkind = 'r' AND nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', 'cdk8s_rhdh')
  AND (:'schemas' = '' OR quote_ident(nspname) = ANY (string_to_array(:'schemas', E'\n')))
  AND c.oid IN (
    SELECT indrelid FROM pg_depend JOIN pg_index ON indexrelid = objid WHERE classid = 'pg_class'::regclass AND refclassid = 'pg_proc'::regclass AND refobjid >= 16384
    UNION ALL
    SELECT conrelid FROM pg_depend JOIN pg_constraint k ON k.oid = objid WHERE classid = 'pg_constraint'::regclass AND refclassid = 'pg_proc'::regclass AND refobjid >= 16384
    UNION ALL
    SELECT adrelid FROM pg_depend JOIN pg_attrdef d ON d.oid = objid WHERE classid = 'pg_attrdef'::regclass AND refclassid = 'pg_proc'::regclass AND refobjid >= 16384)
GROUP BY nspname, relname
) TO STDOUT;
