-- Plans the work on a database, in its snapshot. Prints for each big table (`:big` bytes or more):
--   table    oid  bytes  statement to read  statement to write  statement to check   (base64)
--   exclude  -    -      pattern for pg_dump                                         (base64)
--   index    oid of its table  bytes  catalog  oid, as the archive lists it
-- and `rest - bytes` for all the others; the statements that check them go to the file rest.check.
\set relation `cat "$SCRIPTS/relation.sql"`
\set rest `echo "$FOLDER/rest.check"`

WITH relation AS (:relation), big AS (SELECT * FROM relation WHERE bytes >= :big)
SELECT 'table', oid::text, bytes, read, write, checks FROM (
  SELECT oid, bytes,
         translate(encode(convert_to(format('COPY %s (%s) TO STDOUT (FORMAT %s);', name, columns, format), 'UTF8'), 'base64'), E'\n', '') AS read,
         translate(encode(convert_to(format('TRUNCATE ONLY %1$s; COPY %1$s (%2$s) FROM STDIN (FORMAT %3$s, FREEZE);', name, columns, format), 'UTF8'), 'base64'), E'\n', '') AS write,
         translate(encode(convert_to(check_statement, 'UTF8'), 'base64'), E'\n', '') AS checks
  FROM big) AS _
UNION ALL
SELECT 'exclude', '-', 0, translate(encode(convert_to(name, 'UTF8'), 'base64'), E'\n', ''), '', '' FROM big
UNION ALL
SELECT 'index', big.oid::text, pg_relation_size(i.indexrelid),
       CASE WHEN c.oid IS NULL THEN 'pg_class'::regclass::oid ELSE 'pg_constraint'::regclass::oid END::text,
       coalesce(c.oid, i.indexrelid)::text, ''
FROM big JOIN pg_index i ON i.indrelid = big.oid LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x')
WHERE i.indisvalid
UNION ALL
SELECT 'rest', '-', coalesce((SELECT sum(bytes) FROM relation WHERE bytes < :big), 0) + pg_total_relation_size('pg_largeobject'), '', '', '';

\o :rest
WITH relation AS (:relation)
SELECT check_statement FROM relation WHERE bytes < :big ORDER BY oid;
\o
