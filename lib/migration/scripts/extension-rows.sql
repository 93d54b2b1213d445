-- Checks the rows of extensions that pg_dump copies: each server says by its own extension which they are.
\set relation `cat "$SCRIPTS/relation.sql"`
\set sampled 9223372036854775807
SELECT check_statement FROM (:relation) AS relation WHERE member ORDER BY name \gexec
