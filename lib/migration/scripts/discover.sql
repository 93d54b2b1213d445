-- Databases of the source that a pattern of :include matches and none of :exclude does; a pattern is a line, in
-- which `*` stands for any characters and `?` for one. Largest first.
WITH pattern AS (
  SELECT list, replace(replace(replace(replace(replace(line, '\', '\\'), '%', '\%'), '_', '\_'), '*', '%'), '?', '_') AS pattern
  FROM (VALUES ('include', :'include'), ('exclude', :'exclude')) AS lists (list, lines),
       regexp_split_to_table(lines, E'\n') AS line
  WHERE line <> ''
)
SELECT oid, pg_database_size(oid),
       translate(encode(convert_to(datname, 'UTF8'), 'base64'), E'\n', ''),
       translate(encode(convert_to(datname, 'UTF8'), 'base64'), E'\n', '')
FROM pg_database
WHERE datallowconn AND NOT datistemplate
  AND EXISTS (SELECT FROM pattern WHERE list = 'include' AND datname LIKE pattern)
  AND NOT EXISTS (SELECT FROM pattern WHERE list = 'exclude' AND datname LIKE pattern)
ORDER BY 2 DESC, datname;
