-- What a mapping of schemas takes along: a line for each extension that they need, in COPY's text, which `printf %b` reads.
-- A database has an extension once, in one schema: what is loaded looks for it where the source has it.
--   name for pg_dump  oid of its schema  statement before anything is loaded  its tables for pg_dump
COPY (
SELECT quote_ident(extname), extnamespace,
       format('DO %L;', format('BEGIN IF to_regnamespace(%L) IS NULL THEN EXECUTE %L; END IF; '
                               'IF EXISTS (SELECT FROM pg_extension WHERE extname = %L AND extnamespace <> to_regnamespace(%L)) THEN EXECUTE %L; END IF; END',
                               quote_ident(schema), format('CREATE SCHEMA %I', schema), extname, quote_ident(schema), format('ALTER EXTENSION %I SET SCHEMA %I', extname, schema))) || E'\n',
       coalesce((SELECT string_agg(concat(member::regclass), E'\n') FROM unnest(extconfig) AS member), '')
FROM (:needed) AS needed
WHERE :'schemas' <> ''
ORDER BY oid
) TO STDOUT;
