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
), renamed AS (
  -- By way of names that nobody has: one schema may get the name that another gives up.
  SELECT *, format('cdk8s_rhdh_%s', row_number() OVER (PARTITION BY source, target ORDER BY schema)) AS between,
         bool_or(schema = 'public') OVER (PARTITION BY source, target) AS of_public
  FROM mapping WHERE schema <> renamed
), form AS (
  SELECT source, target, schemas, rename, undo
  FROM (SELECT source, target, string_agg(quote_ident(schema), E'\n' ORDER BY schema) FILTER (WHERE by_schema) AS schemas FROM mapping GROUP BY source, target) AS copied LEFT JOIN (
    SELECT source, target,
           concat_ws(' ', string_agg(format('ALTER SCHEMA %I RENAME TO %I;', schema, between), ' '),
             -- A database has a schema `public`. Where an extension is in it, it takes the name that is free now: only a superuser can
             -- move an extension.
             CASE WHEN 'public' = ANY (array_agg(renamed)) AND NOT of_public THEN format('DO %L;', format(
               'BEGIN DROP SCHEMA IF EXISTS public; EXCEPTION WHEN dependent_objects_still_exist THEN ALTER SCHEMA public RENAME TO %I; END', min(schema) FILTER (WHERE renamed = 'public'))) END,
             string_agg(format('ALTER SCHEMA %I RENAME TO %I;', between, renamed), ' '),
             CASE WHEN of_public AND 'public' <> ALL (array_agg(renamed)) THEN 'CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO public;' END) AS rename,
           concat_ws(' ', string_agg(format('ALTER SCHEMA %I RENAME TO %I;', renamed, between), ' '),
             CASE WHEN 'public' = ANY (array_agg(renamed)) AND NOT of_public THEN format('DO %L;', format(
               'BEGIN IF to_regnamespace(%1$L) IS NULL THEN CREATE SCHEMA public; ELSE ALTER SCHEMA %1$s RENAME TO public; END IF; END', min(quote_ident(schema)) FILTER (WHERE renamed = 'public'))) END,
             CASE WHEN of_public AND 'public' <> ALL (array_agg(renamed)) THEN 'DO $$ BEGIN ALTER SCHEMA public RENAME TO cdk8s_rhdh_public; EXCEPTION WHEN invalid_schema_name THEN END $$;' END,
             string_agg(format('ALTER SCHEMA %I RENAME TO %I;', between, schema), ' ')) AS undo
    FROM renamed GROUP BY source, target, of_public
  ) AS _ USING (source, target)
)
SELECT oid, pg_database_size(oid), pg_encoding_to_char(encoding), datname, coalesce(target, datname), CASE count(*) OVER (PARTITION BY coalesce(target, datname)) WHEN 1 THEN 'true' ELSE 'false' END, coalesce(schemas, '') || E'\n', coalesce(rename, '') || E'\n', coalesce(undo, '') || E'\n'
FROM pg_database LEFT JOIN form ON form.source = datname
WHERE datallowconn AND NOT datistemplate
  AND (form.source IS NOT NULL OR EXISTS (SELECT FROM pattern WHERE list = 'include' AND datname LIKE pattern))
  AND NOT EXISTS (SELECT FROM pattern WHERE list = 'exclude' AND datname LIKE pattern)
  AND datconnlimit <> -2 AND has_database_privilege(oid, 'CONNECT')
ORDER BY 2 DESC, datname, 5
) TO STDOUT;
