-- Findings at the target. FACTS is the file with the facts of the source's databases.
\set facts `cat "$FACTS"`
WITH wanted AS (
  SELECT * FROM json_to_recordset(:'facts') AS _ (
    name text, target text, encoding text, "collate" text, ctype text, provider text, locale text, bytes bigint, extensions text[], versions text[], renamed text[], forced text[], roles text[])
), present AS (
  -- One that was only half dropped (-2) counts as absent.
  SELECT w.*, coalesce(d.datconnlimit, -2) <> -2 AS present, d.datdba, d.datallowconn, pg_encoding_to_char(d.encoding) AS encoding_there,
         d.datcollate AS collate_there, d.datctype AS ctype_there,
         coalesce(to_jsonb(d) ->> 'datlocprovider', 'c') AS provider_there, coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') AS locale_there
  FROM wanted w LEFT JOIN pg_database d ON d.datname = w.target
), sorted AS (
  SELECT target, ctype, ctype_there, CASE provider WHEN 'c' THEN "collate" ELSE format('%s of %s', locale, providers ->> provider) END AS here,
         CASE provider_there WHEN 'c' THEN collate_there ELSE format('%s of %s', locale_there, providers ->> provider_there) END AS there
  FROM present, (SELECT '{"i": "ICU", "b": "PostgreSQL itself"}'::jsonb) AS _ (providers) WHERE present
), me AS (
  SELECT rolsuper, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname = current_user
), found (level, code, text) AS (
  SELECT 'refuses', 'target/same-server', 'Source and target are the same server.'
  -- A clone of its files has its identifier, too, but was not started in the same moment.
  FROM pg_control_system() WHERE system_identifier::text = :'identity' AND extract(epoch FROM pg_postmaster_start_time())::text = :'started'
  UNION ALL
  SELECT 'refuses', 'target/standby', 'The target is a standby, which nobody can write to: give the address of the primary.' WHERE pg_is_in_recovery()
  UNION ALL
  SELECT 'refuses', 'target/may-not-create',
         format('Role %s of the target may not create databases and %s is not there: grant it CREATEDB, or create the database empty, owned by it, with encoding %s.',
                current_user, to_json(target), encoding)
  FROM present, me WHERE NOT present AND NOT rolcreatedb AND NOT rolsuper
  UNION ALL
  SELECT 'refuses', 'target/not-owner',
         format('Database %s of the target belongs to %s, and role %s %s: make it the owner.', to_json(target), pg_get_userbyid(datdba), current_user,
                CASE WHEN pg_has_role(current_user, datdba, 'member') THEN 'is a member of it that does not inherit its rights' ELSE 'is no member of it' END)
  FROM present WHERE present AND NOT pg_has_role(current_user, datdba, 'usage')
  UNION ALL
  SELECT 'refuses', 'target/may-not-connect', format('Role %s may not connect to database %s of the target: GRANT CONNECT ON DATABASE ... TO it.', session_user, to_json(target))
  FROM present WHERE present AND NOT has_database_privilege(session_user, target, 'CONNECT')
  UNION ALL
  SELECT 'refuses', 'target/may-not-connect', format('Database %s of the target accepts no connections: ALTER DATABASE ... ALLOW_CONNECTIONS true.', to_json(target))
  FROM present WHERE present AND NOT datallowconn
  UNION ALL
  SELECT 'refuses', 'target/role', format('Role %s, which a policy or user mapping of database %s names, is not there in the target: create it, or change what names it.', to_json(role), to_json(name))
  FROM wanted, unnest(roles) AS role WHERE role NOT IN (SELECT rolname FROM pg_roles)
  UNION ALL
  SELECT 'refuses', 'target/encoding',
         format('Database %s has encoding %s in the source and %s in the target: create it with encoding %s, or drop it.', to_json(target), encoding, encoding_there, encoding)
  FROM present WHERE present AND encoding <> encoding_there
  UNION ALL
  SELECT 'notes', 'target/collation',
         format('Database %s sorts text by %s in the source and by %s in the target, where it was there already.', to_json(target), here, there)
  -- ICU's names are written with underlines up to PostgreSQL 15.
  FROM sorted WHERE translate(here, '_', '-') <> translate(there, '_', '-') OR ctype <> ctype_there
  UNION ALL
  SELECT 'refuses', 'target/extension',
         format('Extension %s of database %s is not available in the target: install its package there.', to_json(extension), to_json(name))
  FROM wanted, unnest(extensions) AS extension
  WHERE extension NOT IN (SELECT name FROM pg_available_extensions)
  UNION ALL
  SELECT 'notes', 'target/extension-version',
         format('Extension %s of database %s is version %s in the source, and the target makes version %s.', to_json(extension), to_json(wanted.name), version, default_version)
  FROM wanted, unnest(extensions, versions) AS _ (extension, version) JOIN pg_available_extensions a ON a.name = extension
  WHERE version <> default_version
  UNION ALL
  SELECT 'notes', 'mapping/extension',
         format('Extension %s is needed by databases %s, which become schemas of %s. A database has it in one schema: queries of the others find its functions and operators by the name of that schema only.',
                to_json(extension), string_agg(to_json(name)::text, ', ' ORDER BY name), to_json(target))
  FROM wanted, unnest(extensions) AS extension GROUP BY target, extension HAVING count(*) > 1
  UNION ALL
  SELECT 'refuses', 'mapping/extension',
         format('Extension %s is in a schema of databases %s that %s gets under another name. Only a superuser can move it from one to the next, and role %s is none: map one of them to another database, or give the extension a schema of its own in the source (ALTER EXTENSION ... SET SCHEMA).',
                to_json(extension), string_agg(to_json(name)::text, ', ' ORDER BY name), to_json(target), current_user)
  FROM wanted, me, unnest(renamed) AS extension WHERE NOT rolsuper GROUP BY target, extension HAVING count(*) > 1
  UNION ALL
  SELECT 'refuses', 'target/row-security',
         format('Table %s of database %s hides rows even from its owner, which role %s of the target would be: grant it BYPASSRLS, or the copy cannot be proven.',
                hidden, to_json(name), current_user)
  FROM wanted, unnest(forced) AS hidden, me WHERE NOT rolbypassrls AND NOT rolsuper
)
SELECT json_build_object('level', level, 'code', code, 'text', text) FROM found;
