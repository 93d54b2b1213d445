-- The statements that give the target database the comment of its source. A comment on an extension is written where the
-- extension belongs to the role of the move.
SELECT format('COMMENT ON DATABASE %I IS %L;', :'target', shobj_description(oid, 'pg_database'))
FROM pg_database WHERE :own AND datname = current_database() AND shobj_description(oid, 'pg_database') IS NOT NULL;
SELECT format('DO %L;', format('BEGIN IF (SELECT pg_has_role(extowner, ''usage'') FROM pg_extension WHERE extname = %L) THEN EXECUTE %L; END IF; END',
                               extname, format('COMMENT ON EXTENSION %I IS %L', extname, description)))
FROM pg_extension x JOIN pg_description ON classoid = 'pg_extension'::regclass AND objoid = x.oid JOIN pg_available_extensions a ON a.name = extname
WHERE :'schemas' = '' AND description <> coalesce(a.comment, '');
