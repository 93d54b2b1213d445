-- The statements that give the target database the comment and the settings of its source. Settings of single roles
-- are left out: the roles are others. So is what fences the source.
SELECT format('COMMENT ON DATABASE %I IS %L;', :'target', shobj_description(oid, 'pg_database'))
FROM pg_database WHERE datname = current_database() AND shobj_description(oid, 'pg_database') IS NOT NULL;
SELECT format('ALTER DATABASE %I SET %s = %s;', :'target', name, CASE
         WHEN name IN ('search_path', 'temp_tablespaces', 'session_preload_libraries', 'local_preload_libraries', 'DateStyle') THEN value
         ELSE quote_literal(value) END)
FROM pg_db_role_setting, unnest(setconfig) AS config,
     LATERAL (SELECT split_part(config, '=', 1), substr(config, strpos(config, '=') + 1)) AS _ (name, value)
WHERE name <> 'default_transaction_read_only' AND setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database());
