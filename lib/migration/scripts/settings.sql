-- The statements that give the target database the comment and the settings of its source. Settings of single roles
-- are left out: the roles are others. So is what fences the source. A comment on an extension is written where the
-- extension belongs to the role of the move.
SELECT format('COMMENT ON DATABASE %I IS %L;', :'target', shobj_description(oid, 'pg_database'))
FROM pg_database WHERE datname = current_database() AND shobj_description(oid, 'pg_database') IS NOT NULL;
SELECT format('ALTER DATABASE %I SET %s = %s;', :'target', name, CASE
         WHEN name IN ('search_path', 'temp_tablespaces', 'session_preload_libraries', 'local_preload_libraries', 'DateStyle') THEN value
         ELSE quote_literal(value) END)
FROM pg_db_role_setting, unnest(setconfig) AS config,
     LATERAL (SELECT split_part(config, '=', 1), substr(config, strpos(config, '=') + 1)) AS _ (name, value)
WHERE name <> 'default_transaction_read_only' AND setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database());
SELECT format('DO %L;', format('BEGIN IF (SELECT pg_has_role(extowner, ''usage'') FROM pg_extension WHERE extname = %L) THEN EXECUTE %L; END IF; END',
                               extname, format('COMMENT ON EXTENSION %I IS %L', extname, description)))
FROM pg_extension x JOIN pg_description ON classoid = 'pg_extension'::regclass AND objoid = x.oid JOIN pg_available_extensions a ON a.name = extname
WHERE :'schemas' = '' AND description <> coalesce(a.comment, '');
