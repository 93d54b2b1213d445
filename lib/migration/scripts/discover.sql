-- Databases of the source that a pattern of :include matches and none of :exclude does, and those that are mapped; a
-- pattern is a line, in which `*` stands for any characters and `?` for one. A mapping is a line of source database,
-- its schema, target database, its schema, with tabs between; no schema is all of the database, and beside a schema
-- `public`. `:pattern` is pattern.sql. A line for each target: largest first, in COPY's text, which `printf %b` reads:
--   oid  bytes  encoding  source  target  whether it is of no other database  schemas to be copied  statements that rename them  statements that undo that
COPY (
WITH pattern AS (:pattern), mapping AS (
  SELECT field[1] AS source, field[3] AS target, field[2] || field[4] <> '' AS by_schema,
         coalesce(nullif(field[2], ''), 'public') AS schema, coalesce(nullif(field[4], ''), 'public') AS renamed
  FROM regexp_split_to_table(:'mappings', E'\n') AS line, string_to_array(line, E'\t') AS field
  WHERE line <> ''
), form AS (
  -- Statements before a schema becomes `public`: extensions that are in the one of that name go with it.
  SELECT source, target, string_agg(quote_ident(schema), E'\n' ORDER BY schema) FILTER (WHERE by_schema) AS schemas,
         string_agg(CASE WHEN renamed = 'public' THEN replacing_public ELSE '' END
                    || format('ALTER SCHEMA %I RENAME TO %I;', schema, renamed)
                    || CASE WHEN schema = 'public' THEN ' CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO public;' ELSE '' END, ' ')
           FILTER (WHERE schema <> renamed) AS rename,
         string_agg(CASE WHEN schema = 'public' THEN replacing_public ELSE '' END
                    || format('ALTER SCHEMA %I RENAME TO %I;', renamed, schema), ' ')
           FILTER (WHERE schema <> renamed) AS undo
  FROM mapping, LATERAL (
    SELECT format('DO %L; DROP SCHEMA public; ', format(
      'DECLARE extension name; BEGIN FOR extension IN SELECT extname FROM pg_extension WHERE extnamespace = to_regnamespace(''public'') LOOP EXECUTE format(%L, extension); END LOOP; END',
      'ALTER EXTENSION %I SET SCHEMA ' || replace(quote_ident(CASE schema WHEN 'public' THEN renamed ELSE schema END), '%', '%%')))
  ) AS _ (replacing_public)
  GROUP BY source, target
)
SELECT oid, pg_database_size(oid), pg_encoding_to_char(encoding), datname, coalesce(target, datname), CASE count(*) OVER (PARTITION BY coalesce(target, datname)) WHEN 1 THEN 'true' ELSE 'false' END, coalesce(schemas, '') || E'\n', coalesce(rename, '') || E'\n', coalesce(undo, '') || E'\n'
FROM pg_database LEFT JOIN form ON form.source = datname
WHERE datallowconn AND NOT datistemplate
  AND (form.source IS NOT NULL OR EXISTS (SELECT FROM pattern WHERE list = 'include' AND datname LIKE pattern))
  AND NOT EXISTS (SELECT FROM pattern WHERE list = 'exclude' AND datname LIKE pattern)
  AND datconnlimit <> -2 AND has_database_privilege(oid, 'CONNECT')
ORDER BY 2 DESC, datname, 5
) TO STDOUT;
