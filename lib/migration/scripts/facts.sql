-- Of the source database it is connected to: one line of facts; the oid of schema `public`, which every database has; the
-- extent, which is the number of tables to be copied and their bytes; what else is in it and what is done with that; and a
-- finding for each thing that is not copied. :level is that of a finding on somebody who writes. `:needed` is
-- needed-extensions.sql.
WITH needed AS (:needed)
SELECT json_build_object(
         'oid', d.oid, 'name', d.datname, 'target', :'target', 'encoding', pg_encoding_to_char(d.encoding),
         'collate', d.datcollate, 'ctype', d.datctype,
         'provider', coalesce(to_jsonb(d) ->> 'datlocprovider', 'c'),
         'locale', coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'),
         'bytes', pg_database_size(d.oid),
         'tables', (SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND oid >= 16384),
         'forced', coalesce((SELECT json_agg(oid::regclass::text ORDER BY oid) FROM pg_class WHERE relforcerowsecurity), '[]'),
         'roles', coalesce((SELECT json_agg(DISTINCT rolname) FROM (
             SELECT unnest(polroles) FROM pg_policy JOIN pg_class c ON c.oid = polrelid JOIN pg_namespace n ON n.oid = relnamespace
             WHERE :'schemas' = '' OR quote_ident(nspname) = ANY (string_to_array(:'schemas', E'\n'))
             UNION SELECT umuser FROM pg_user_mappings WHERE :'schemas' = '') AS named (oid) JOIN pg_roles USING (oid)), '[]'),
         'extensions', coalesce((SELECT json_agg(extname ORDER BY extname) FROM needed), '[]'),
         'versions', coalesce((SELECT json_agg(extversion ORDER BY extname) FROM needed), '[]'),
         'renamed', coalesce((SELECT json_agg(extname) FROM needed WHERE quote_ident(schema) = ANY (string_to_array(:'schemas', E'\n'))), '[]'))
FROM pg_database d
WHERE d.datname = current_database();

SELECT 'public ' || oid FROM pg_namespace WHERE nspname = 'public';

SELECT format('extent %s %s', count(*), coalesce(sum(pg_table_size(c.oid)), 0) + CASE :'schemas' WHEN '' THEN pg_table_size('pg_largeobject') ELSE 0 END)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE relkind = 'r' AND nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', 'cdk8s_rhdh')
  AND (:'schemas' = '' OR quote_ident(nspname) = ANY (string_to_array(:'schemas', E'\n')))
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e');

SELECT json_strip_nulls(json_build_object('kind', kind, 'database', current_database(), 'name', name, 'outcome', CASE WHEN why IS NULL THEN 'copied' ELSE 'left out' END, 'why', why))
FROM (
  SELECT 'publication', pubname::text, 'nothing would subscribe to it in the target' FROM pg_publication
  UNION ALL
  SELECT 'subscription', subname, 'the target would take its place' FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  UNION ALL
  SELECT 'replication slot', slot_name, 'what reads from it begins anew at the target' FROM pg_replication_slots WHERE database = current_database()
  UNION ALL
  SELECT kind, name, CASE WHEN :'schemas' <> '' THEN 'a mapping of schemas copies what belongs to a schema' END
  FROM (
    SELECT 'foreign data wrapper', fdwname::text FROM pg_foreign_data_wrapper w WHERE NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_foreign_data_wrapper'::regclass AND objid = w.oid AND deptype = 'e')
    UNION ALL
    SELECT 'foreign server', srvname FROM pg_foreign_server
    UNION ALL
    SELECT 'user mapping', format('%s at %s', usename, srvname) FROM pg_user_mappings
    UNION ALL
    SELECT 'event trigger', evtname FROM pg_event_trigger e WHERE NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_event_trigger'::regclass AND objid = e.oid AND deptype = 'e')
  ) AS _ (kind, name)
  UNION ALL
  SELECT 'extension', extname, CASE WHEN oid NOT IN (SELECT oid FROM (:needed) AS _) THEN 'nothing in the schemas of the mapping depends on it' END FROM pg_extension WHERE extname <> 'plpgsql'
  UNION ALL
  SELECT 'setting of a role', format('%s: %s', rolname, split_part(setting, '=', 1)), 'the roles of the target are others'
  FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = setrole, unnest(setconfig) AS setting
  WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
) AS seen (kind, name, why)
ORDER BY kind, name;

SELECT replace(json_build_object('level', level, 'code', code, 'text', format(text, object, current_database()))::text, '"level" : ', '"level": ')
FROM (
  SELECT 'notes', 'source/invalid-index', 'Index %s of database %s is invalid, holds nothing that queries use, and is not copied.', i.indexrelid::regclass::text
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE NOT i.indisvalid AND c.relkind = 'i'
  UNION ALL
  SELECT 'notes', 'source/publication', 'Publication %s of database %s is not copied: nothing would subscribe to it in the target.', pubname::text
  FROM pg_publication
  UNION ALL
  SELECT CASE WHEN subenabled THEN :'level' ELSE 'notes' END, 'source/subscription',
         CASE WHEN subenabled THEN 'Subscription %s of database %s is enabled: what it writes to the source would be lost. ALTER SUBSCRIPTION ... DISABLE first; it is not copied.'
         ELSE 'Subscription %s of database %s is not copied: create it anew in the target, where it is still needed.' END, subname::text
  FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  UNION ALL
  SELECT 'notes', 'source/role-setting', 'Settings of role %s in database %s are not copied: the roles of the target are others.', rolname::text
  FROM pg_db_role_setting JOIN pg_roles r ON r.oid = setrole WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
  UNION ALL
  SELECT 'notes', 'source/setting', 'CONNECTION LIMIT %s of database %s is not copied: it says what the old server could bear.', datconnlimit::text
  FROM pg_database WHERE datname = current_database() AND datconnlimit >= 0
  UNION ALL
  SELECT 'notes', 'source/replication-slot', 'Replication slot %s of database %s is not copied: what reads from it begins anew at the target.', slot_name::text
  FROM pg_replication_slots WHERE database = current_database()
  UNION ALL
  SELECT 'notes', 'source/rights', 'Rights on %s of database %s are not copied: everything belongs to the login of the target, and others have PostgreSQL''s default rights.',
         min(format('%s %s', o.type, identity)) || CASE count(*) WHEN 1 THEN '' ELSE format(' (and %s more)', count(*) - 1) END
  FROM (
    SELECT 'pg_class'::regclass, oid, 0, CASE relkind WHEN 'S' THEN 's' ELSE 'r' END, relowner, relacl FROM pg_class
    UNION ALL SELECT 'pg_class', attrelid, attnum, 'c', 0, attacl FROM pg_attribute
    UNION ALL SELECT 'pg_proc', oid, 0, 'f', proowner, proacl FROM pg_proc
    UNION ALL SELECT 'pg_type', oid, 0, 'T', typowner, typacl FROM pg_type
    UNION ALL SELECT 'pg_namespace', oid, 0, 'n', nspowner, nspacl FROM pg_namespace
    UNION ALL SELECT 'pg_language', oid, 0, 'l', lanowner, lanacl FROM pg_language
    UNION ALL SELECT 'pg_foreign_data_wrapper', oid, 0, 'F', fdwowner, fdwacl FROM pg_foreign_data_wrapper
    UNION ALL SELECT 'pg_foreign_server', oid, 0, 'S', srvowner, srvacl FROM pg_foreign_server
    UNION ALL SELECT 'pg_largeobject', oid, 0, 'L', lomowner, lomacl FROM pg_largeobject_metadata
    UNION ALL SELECT 'pg_database', oid, 0, 'd', datdba, datacl FROM pg_database WHERE datname = current_database()
    UNION ALL SELECT 'pg_default_acl', oid, 0, 'c', 0, defaclacl FROM pg_default_acl
  ) AS object (class, oid, part, kind, owner, acl), pg_identify_object(class, oid, part) AS o
  WHERE (oid >= 16384 OR class IN ('pg_largeobject'::regclass, 'pg_database'::regclass)) AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = class AND objid = object.oid AND deptype = 'e')
    AND (:'schemas' = '' OR o.schema = ANY (string_to_array(:'schemas', E'\n'))) AND coalesce(o.schema, o.name) IS DISTINCT FROM 'cdk8s_rhdh'
    AND acl IS NOT NULL AND ARRAY(SELECT concat(item) FROM unnest(acl) AS item ORDER BY 1) <> ARRAY(SELECT concat(item) FROM unnest(acldefault(kind::"char", owner)) AS item ORDER BY 1)
  HAVING count(*) > 0
  UNION ALL
  SELECT DISTINCT 'notes', 'source/security-label', 'Security labels of provider %s in database %s are not copied.', provider
  FROM pg_seclabels WHERE classoid <> 'pg_database'::regclass OR objoid = (SELECT oid FROM pg_database WHERE datname = current_database())
  UNION ALL
  SELECT 'notes', 'source/tablespace', 'Tablespace %s is not copied: what database %s has in it lies in the tablespace of its database at the target.', spcname::text
  FROM pg_tablespace t WHERE spcname NOT IN ('pg_default', 'pg_global')
    AND (oid IN (SELECT reltablespace FROM pg_class) OR oid = (SELECT dattablespace FROM pg_database WHERE datname = current_database()))
  UNION ALL
  SELECT 'notes', 'source/system-schema', '%s of database %s is not copied: it is in pg_catalog, of which no dump takes anything.',
         min(format('%s %s', o.type, identity)) || CASE count(*) WHEN 1 THEN '' ELSE format(' (and %s more)', count(*) - 1) END
  FROM (
    SELECT 'pg_class'::regclass, oid FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind <> 'i'
    UNION ALL SELECT 'pg_proc', oid FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
    UNION ALL SELECT 'pg_operator', oid FROM pg_operator WHERE oprnamespace = 'pg_catalog'::regnamespace
    UNION ALL SELECT 'pg_type', oid FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype IN ('d', 'e', 'r')
  ) AS object (class, oid), pg_identify_object(class, oid, 0) AS o
  WHERE oid >= 16384 AND :'schemas' = '' AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = class AND objid = object.oid AND deptype IN ('e', 'i'))
  HAVING count(*) > 0
  UNION ALL
  SELECT 'notes', 'source/unchecked', 'Constraints of table %s of database %s are not checked there (DISABLE TRIGGER), which no dump keeps: they are checked in the target.', tgrelid::regclass::text
  FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid JOIN pg_namespace n ON n.oid = relnamespace
  WHERE tgisinternal AND tgconstraint <> 0 AND tgenabled <> 'O' AND (:'schemas' = '' OR quote_ident(nspname) = ANY (string_to_array(:'schemas', E'\n')))
  GROUP BY tgrelid
  UNION ALL
  SELECT 'notes', 'mapping/left-out', 'The mapping of database %2$s copies what belongs to its schemas, so not this: %1$s.', string_agg(name, ', ' ORDER BY name)
  FROM (
    SELECT format('foreign server %s', srvname) FROM pg_foreign_server
    UNION ALL
    SELECT format('user mapping %s at %s', usename, srvname) FROM pg_user_mappings
    UNION ALL
    SELECT format('event trigger %s', evtname) FROM pg_event_trigger
    UNION ALL
    SELECT format('extension %s, which nothing in them depends on', extname) FROM pg_extension WHERE extname <> 'plpgsql' AND oid NOT IN (SELECT oid FROM (:needed) AS _)
    UNION ALL
    SELECT format('rows of extension %s', extname) FROM (:needed) AS _ WHERE extconfig IS NOT NULL
  ) AS beside (name)
  WHERE :'schemas' <> '' HAVING count(*) > 0
  UNION ALL
  SELECT 'refuses', 'mapping/schema', 'Schema %s of database %s has tables and no mapping says where they go; map it, to its own name if it keeps it.', nspname
  FROM pg_namespace n
  WHERE :'schemas' <> '' AND nspname NOT IN (
      SELECT coalesce(nullif(field[2], ''), 'public') FROM regexp_split_to_table(:'mappings', E'\n') AS line, string_to_array(line, E'\t') AS field
      WHERE field[1] = current_database())
    AND nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', 'cdk8s_rhdh')
    AND EXISTS (SELECT FROM pg_class WHERE relnamespace = n.oid AND relkind IN ('r', 'p', 'm', 'S'))
  UNION ALL
  SELECT 'refuses', 'mapping/missing', 'Schema %s of database %s is mapped and not there.', schema
  FROM unnest(string_to_array(:'schemas', E'\n')) AS schema
  WHERE schema <> '' AND schema NOT IN (SELECT quote_ident(nspname) FROM pg_namespace)
  UNION ALL
  SELECT 'refuses', 'mapping/large-objects', '%s large objects of database %s belong to no schema, so a mapping of schemas cannot copy them.', count(*)::text
  FROM pg_largeobject_metadata WHERE :'schemas' <> '' HAVING count(*) > 0
  UNION ALL
  SELECT 'refuses', 'source/may-not-read', 'The login of the source may not read %s of database %s: take that of the owner, of a member of pg_read_all_data, or a superuser.',
         min(c.oid::regclass::text) || CASE count(*) WHEN 1 THEN '' ELSE format(' and %s others', count(*) - 1) END
  FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
  WHERE relkind IN ('r', 'p', 'S') AND nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', 'cdk8s_rhdh')
    AND (NOT (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')) OR row_security_active(c.oid))
  HAVING count(*) > 0
  UNION ALL
  SELECT 'refuses', 'source/may-not-read', 'The login of the source may not read %s large objects of database %s, which pg_read_all_data does not cover: take that of their owner, or a superuser.', count(*)::text
  FROM pg_largeobject_metadata
  WHERE :'schemas' = '' AND NOT pg_has_role(lomowner, 'usage')
    AND NOT EXISTS (SELECT FROM aclexplode(lomacl) WHERE privilege_type = 'SELECT' AND (grantee = 0 OR pg_has_role(grantee, 'usage')))
  HAVING count(*) > 0
) AS found (level, code, text, object);
