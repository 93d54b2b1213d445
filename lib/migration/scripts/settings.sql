-- A script for the target that gives its database :'target' the settings of the source, each on its own and quoted as
-- pg_dump does: what the target refuses is left out and noted. The target says `left out` and the name of each. Settings
-- of single roles are not copied: the roles are others. Where databases become one (`:own` is false), none are.
\ir list-settings.sql
SELECT '\set ON_ERROR_STOP off' || E'\n' || '\set ON_ERROR_ROLLBACK on' || E'\n' || '\set VERBOSITY sqlstate';
SELECT format(E'SELECT %L \\gexec\n', statement)
       || format(E'\\if :ERROR\nSELECT ''left out '' || %L;\n', name)
       || format(E'SELECT json_build_object(''level'', ''notes'', ''code'', ''target/setting'', ''text'', format(%L, CASE :''LAST_ERROR_SQLSTATE'' WHEN ''42704'' THEN ''PostgreSQL '' || split_part(current_setting(''server_version''), ''.'', 1) || '' has none of this name'' WHEN ''42501'' THEN format(''role %%s may not set it'', current_user) ELSE ''the target does not take its value, and says SQLSTATE '' || :''LAST_ERROR_SQLSTATE'' END));\n\\endif',
                 replace(format('Setting %s of database %s', name, to_json(current_database())), '%', '%%') || ' is not copied: %s.')
FROM (
  SELECT name, CASE WHEN name IN (:list_settings) AND elements = ''
                    -- An empty list can be written by no literal.
                    THEN format('SELECT set_config(%L, '''', false); ALTER DATABASE %I SET %I FROM CURRENT', name, :'target', name)
                    ELSE format('ALTER DATABASE %I SET %I TO %s', :'target', name, CASE WHEN name IN (:list_settings) THEN elements ELSE quote_literal(value) END) END AS statement
  FROM pg_db_role_setting, unnest(setconfig) AS config, LATERAL (SELECT split_part(config, '=', 1), substr(config, strpos(config, '=') + 1)) AS setting (name, value), LATERAL (:elements) AS _ (elements)
  WHERE :own AND setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()) AND name NOT IN (:left_settings)
) AS setting;
SELECT format('SELECT %L;', json_build_object('level', 'notes', 'code', 'source/setting', 'text', CASE
         WHEN :own THEN format('Setting %s of database %s names a role of the source, and is not copied.', string_agg(name, ', '), to_json(current_database()))
         ELSE format('Settings of database %s are not copied, as other databases go to %s as well: %s.', to_json(current_database()), to_json(:'target'::name), string_agg(name, ', ')) END))
FROM pg_db_role_setting, unnest(setconfig) AS config, split_part(config, '=', 1) AS name
WHERE setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()) AND name <> 'default_transaction_read_only' AND (NOT :own OR name IN (:left_settings))
HAVING count(*) > 0;
