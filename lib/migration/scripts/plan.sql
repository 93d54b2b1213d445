-- Plans the work on a database, in its snapshot. Prints for each big table (`:big` bytes or more):
--   table    oid  bytes  weight  statement to read  statement to write  to check
--   big      oid  -      -       pattern for pg_dump
--   index    oid of its table  -  weight  catalog  oid, as the archive lists it  memory to build it with, if not the server's own
--   keyless  -    -      -       table that is too large for a whole proof, and has no key to take a sample by
-- and `rest - bytes` for all the others; the statements that check them go to the file `:rest`. COPY's text
-- is what `printf %b` reads. `:relation` is relation.sql, and `:target_major` the target's major version.
-- A weight is a guess of the time that a unit and what waits for it take: an index three times that of a table of its
-- bytes, an inverted one eight times, and one in whose order the rows come as much as the table.

SELECT set_config('cdk8s_rhdh.target_major', :'target_major', true) AS target_major \gset

COPY (
WITH relation AS (SELECT *, bytes >= :big AND alone AS big FROM (:relation) AS _), big AS (SELECT * FROM relation WHERE big), index AS (
  SELECT i.*, c.oid, m.amname,
         -- An index keeps equal keys once, but building it sorts an entry of each row.
         greatest(pg_relation_size(c.oid), CASE m.amname WHEN 'btree' THEN c.reltuples::bigint * 40 END) AS bytes,
         -- Comparing text by the rules of a language is what makes sorting costly.
         m.amname = 'btree' AND EXISTS (
           SELECT FROM pg_attribute a JOIN pg_collation n ON n.oid = a.attcollation JOIN pg_database d ON d.datname = current_database()
           WHERE a.attrelid = indrelid AND a.attnum = indkey[0] AND n.oid = indcollation[0]
             AND CASE n.collname WHEN 'default' THEN d.datcollate ELSE n.collname END NOT IN ('C', 'POSIX')) AS text
  FROM big JOIN pg_index i ON i.indrelid = big.oid JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
  WHERE i.indisvalid
), sorted AS (
  -- Building an index of text over rows that are in its order already takes a quarter of the time, so rows are read in
  -- the order of the one that costs most, as long as the table fits into the source's cache. That is the one whose
  -- neighbours begin alike for longest, and else the biggest one.
  SELECT DISTINCT ON (indrelid) indrelid, oid AS index, indkey[0] AS attnum, columns
  FROM index, LATERAL (
    SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY k.number) AS columns, coalesce(sum(alike), 0) AS alike
    FROM unnest(indkey::smallint[]) WITH ORDINALITY AS k (attnum, number) JOIN pg_attribute a ON a.attrelid = indrelid AND a.attnum = k.attnum
         JOIN pg_class t ON t.oid = indrelid JOIN pg_namespace n ON n.oid = relnamespace
         LEFT JOIN pg_stats s ON s.schemaname = nspname AND s.tablename = t.relname AND s.attname = a.attname AND NOT inherited AND a.attcollation <> 0,
         LATERAL (
           SELECT avg((SELECT count(*) FROM generate_series(1, 100) AS n WHERE left(bound, n) = left(next, n))) AS alike
           FROM (SELECT bound, lead(bound) OVER (ORDER BY number) AS next
                 FROM unnest(histogram_bounds::text::text[]) WITH ORDINALITY AS _ (bound, number)) AS _
         ) AS histogram
    WHERE k.number <= indnkeyatts
  ) AS key
  WHERE text AND NOT indisunique AND indpred IS NULL AND indexprs IS NULL AND 0 = ALL (indoption::smallint[])
    AND pg_relation_size(indrelid) <= pg_size_bytes(current_setting('effective_cache_size'))
  ORDER BY indrelid, alike DESC, bytes DESC
), planned AS (
  SELECT i.*, i.bytes * CASE WHEN amname = 'gin' THEN 8 WHEN i.oid = sorted.index THEN 1 ELSE 3 END AS weight,
         -- Sorting is fastest in what a processor's own cache holds, above all text that comes in no order. What other
         -- access methods make of memory is theirs: some cannot build without as much as the server grants them.
         CASE WHEN amname <> 'btree' THEN '' WHEN text AND indkey[0] IS DISTINCT FROM sorted.attnum THEN '4MB' ELSE '32MB' END AS memory
  FROM index i LEFT JOIN sorted USING (indrelid)
)
SELECT 'table', oid::text, bytes, bytes + coalesce((SELECT sum(weight) FROM planned WHERE indrelid = statements.oid), 0),
       read, write, check_statement
FROM (
  SELECT oid, bytes, name, check_statement,
         format(CASE WHEN sorted.columns IS NULL THEN 'COPY %1$s (%2$s) TO STDOUT (FORMAT %3$s);'
                     ELSE 'SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off; '
                       || 'COPY (SELECT %2$s FROM ONLY %1$s ORDER BY %4$s) TO STDOUT (FORMAT %3$s);' END,
                name, big.columns, format, sorted.columns) AS read,
         format('TRUNCATE ONLY %1$s; COPY %1$s (%2$s) FROM STDIN (FORMAT %3$s, FREEZE);', name, big.columns, format) AS write
  FROM big LEFT JOIN sorted ON sorted.indrelid = big.oid
) AS statements
UNION ALL
SELECT 'big', oid::text, 0, 0, name, '', '' FROM big
UNION ALL
SELECT 'keyless', '-', 0, 0, name, '', '' FROM relation WHERE keyless
UNION ALL
SELECT 'index', indrelid::text, 0, weight,
       CASE WHEN c.oid IS NULL THEN 'pg_class'::regclass::oid ELSE 'pg_constraint'::regclass::oid END::text,
       coalesce(c.oid, indexrelid)::text, memory
FROM planned LEFT JOIN pg_constraint c ON c.conindid = indexrelid AND c.contype IN ('p', 'u', 'x')
UNION ALL
SELECT 'rest', '-', coalesce((SELECT sum(bytes) FROM relation WHERE NOT big), 0) + pg_total_relation_size('pg_largeobject'), 0, '', '', ''
) TO STDOUT;

\o :rest
SELECT check_statement FROM (:relation) AS relation WHERE NOT (bytes >= :big AND alone) AND NOT member ORDER BY oid;
\o
