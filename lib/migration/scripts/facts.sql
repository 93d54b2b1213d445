-- Of the source database it is connected to: one line of facts, and a finding for each thing that is not copied.
SELECT json_build_object(
         'oid', d.oid, 'name', d.datname, 'target', d.datname, 'encoding', pg_encoding_to_char(d.encoding),
         'collate', d.datcollate, 'ctype', d.datctype,
         'provider', coalesce(to_jsonb(d) ->> 'datlocprovider', 'c'),
         'locale', coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'),
         'bytes', pg_database_size(d.oid),
         'tables', (SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND oid >= 16384),
         'extensions', coalesce((SELECT json_agg(extname ORDER BY extname) FROM pg_extension WHERE extname <> 'plpgsql'), '[]'))
FROM pg_database d
WHERE d.datname = current_database();

SELECT replace(json_build_object('level', 'notes', 'code', code, 'text', format(text, object, current_database()))::text, '"level" : ', '"level": ')
FROM (
  SELECT 'source/invalid-index', 'Index %s of database %s is invalid, holds nothing that queries use, and is not copied.', i.indexrelid::regclass::text
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE NOT i.indisvalid AND c.relkind = 'i'
  UNION ALL
  SELECT 'source/publication', 'Publication %s of database %s is not copied: nothing would subscribe to it in the target.', pubname::text
  FROM pg_publication
) AS found (code, text, object);
