-- A line for each database of the source: what is done with it, and why; and a finding for each that ought to be copied and
-- cannot, that is passed over, or that is asked for and not there. :expected has the lines of :include that somebody wrote.
-- `:pattern` is pattern.sql.
WITH pattern AS (:pattern), mapping AS (
  SELECT DISTINCT split_part(line, E'\t', 1) AS source FROM regexp_split_to_table(:'mappings', E'\n') AS line WHERE line <> ''
), database AS (
  SELECT d.*, to_json(datname) AS quoted, datname IN ('postgres', 'template0', 'template1') AS everywhere,
         datname IN (SELECT source FROM mapping) AS mapped,
         EXISTS (SELECT FROM pattern WHERE list = 'include' AND datname LIKE pattern) AS included,
         EXISTS (SELECT FROM pattern WHERE list = 'exclude' AND datname LIKE pattern) AS excluded
  FROM pg_database d
), fate AS (
  SELECT *, CASE
      WHEN excluded AND (mapped OR included) THEN 'exclude'
      WHEN everywhere AND (datistemplate OR NOT (mapped OR included)) THEN 'everywhere'
      WHEN NOT (mapped OR included) THEN 'pattern'
      WHEN datconnlimit = -2 THEN 'invalid'
      WHEN datistemplate THEN 'template'
      WHEN NOT datallowconn THEN 'closed'
      WHEN NOT has_database_privilege(oid, 'CONNECT') THEN 'may-not-connect'
      ELSE 'copied'
    END AS fate
  FROM database
), reason (fate, level, code, why, advice) AS (
  VALUES ('exclude', NULL, NULL, 'a pattern of exclude matches it', NULL),
         ('everywhere', NULL, NULL, 'every server has it', NULL),
         ('pattern', 'notes', 'source/left-out', 'no pattern of include matches it', NULL),
         ('invalid', 'refuses', 'source/invalid', 'its DROP DATABASE did not come to its end', 'drop it, or exclude it'),
         ('template', 'refuses', 'source/template', 'it is a template', 'ALTER DATABASE ... IS_TEMPLATE false, or exclude it'),
         ('closed', 'refuses', 'source/closed', 'it accepts no connections', 'ALTER DATABASE ... ALLOW_CONNECTIONS true, or exclude it'),
         ('may-not-connect', 'refuses', 'source/may-not-connect', 'the login of the source may not connect to it', 'GRANT CONNECT ON DATABASE ... TO the login, or exclude it')
), line (number, body) AS (
  SELECT 1, json_strip_nulls(json_build_object('kind', 'database', 'name', datname,
           'outcome', CASE WHEN fate = 'copied' THEN 'copied' WHEN level = 'refuses' THEN 'refused' ELSE 'left out' END, 'why', why))::text
  FROM fate LEFT JOIN reason USING (fate)
  UNION ALL
  SELECT 2, json_build_object('level', 'refuses', 'code', code, 'text', format('Database %s of the source cannot be copied, because %s: %s.', quoted, why, advice))::text
  FROM fate JOIN reason USING (fate) WHERE level = 'refuses'
  UNION ALL
  SELECT 2, json_build_object('level', 'notes', 'code', 'source/left-out', 'text', format('Not copied, because no pattern of include matches: database %s of the source.',
           string_agg(quoted::text, ', ' ORDER BY datname)))::text
  FROM fate WHERE fate = 'pattern' HAVING count(*) > 0
  UNION ALL
  SELECT 2, json_build_object('level', CASE WHEN line ~ '[*?]' THEN 'notes' ELSE 'refuses' END, 'code', 'source/include', 'text', format(
           'No database of the source is %s, which include names: correct it, or leave it out.', to_json(line)))::text
  FROM pattern WHERE list = 'include' AND line = ANY (string_to_array(:'expected', E'\n')) AND NOT EXISTS (SELECT FROM database WHERE datname LIKE pattern)
  UNION ALL
  SELECT 2, json_build_object('level', 'notes', 'code', 'source/exclude', 'text', format('No database of the source is %s, which exclude names.', to_json(line)))::text
  FROM pattern WHERE list = 'exclude' AND NOT EXISTS (SELECT FROM database WHERE datname LIKE pattern)
  UNION ALL
  SELECT 2, json_build_object('level', 'refuses', 'code', 'mapping/missing', 'text', format('Database %s is mapped and not there: correct the mapping.', to_json(source)))::text
  FROM mapping WHERE source NOT IN (SELECT datname FROM pg_database)
  UNION ALL
  SELECT 2, json_build_object('level', 'refuses', 'code', 'mapping/excluded', 'text', format('Database %s is mapped, and a pattern of exclude matches it: take one of them out.', quoted))::text
  FROM database WHERE mapped AND excluded
)
SELECT body FROM line ORDER BY number, body;
