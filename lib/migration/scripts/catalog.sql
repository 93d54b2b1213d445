-- A line for everything that a database is made of, as text. Left out: what belongs to whom, and who may what (the roles
-- are others), tablespaces, publications and subscriptions, versions of extensions, and what is in a materialized view.
-- `:oldest` is the older major version of the two servers: what only the newer one knows or prints is no difference.
-- Options that may hold a password are hashed.
WITH space AS (
  SELECT oid, nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', 'cdk8s_rhdh')
    AND (:'schemas' = '' OR quote_ident(nspname) = ANY (string_to_array(:'schemas', E'\n')))
), member AS (
  SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), relation AS (
  SELECT c.*, format('%I.%I', nspname, relname) AS name FROM pg_class c JOIN space ON space.oid = relnamespace
  WHERE ('pg_class'::regclass, c.oid) NOT IN (TABLE member)
), attribute AS (
  SELECT relation.name, relkind, relispartition, a.*, concat(nullif(attstattarget, -1)) AS target,
         row_number() OVER (PARTITION BY attrelid ORDER BY attnum) AS position,
         EXISTS (SELECT FROM pg_inherits WHERE inhrelid = attrelid) AS inherits
  FROM relation JOIN pg_attribute a ON attrelid = relation.oid
  WHERE attnum > 0 AND NOT attisdropped
), type AS (
  SELECT t.*, format('%I.%I', nspname, typname) AS name FROM pg_type t JOIN space ON space.oid = typnamespace
  WHERE ('pg_type'::regclass, t.oid) NOT IN (TABLE member)
), function AS (
  SELECT p.*, concat(p.oid::regprocedure) AS name FROM pg_proc p JOIN space ON space.oid = pronamespace
  WHERE ('pg_proc'::regclass, p.oid) NOT IN (TABLE member) AND ('pg_proc'::regclass, p.oid) NOT IN (SELECT classid, objid FROM pg_depend WHERE deptype = 'i')
), hidden (class, oid) AS (
  -- What PostgreSQL makes itself of something else, and what is not copied.
  SELECT 'pg_constraint'::regclass, oid FROM pg_constraint WHERE contype = 'f' AND conparentid <> 0 OR contype = 'n' AND :oldest < 18
  UNION ALL SELECT 'pg_constraint', c.oid FROM pg_constraint c JOIN pg_inherits ON inhrelid = conrelid JOIN pg_constraint parent ON parent.conrelid = inhparent AND parent.conname = c.conname
    WHERE c.contype = 'c' AND parent.contype = 'c' AND c.coninhcount > 0
  UNION ALL SELECT 'pg_trigger', t.oid FROM pg_trigger t LEFT JOIN pg_trigger parent ON parent.oid = t.tgparentid
    WHERE CASE t.tgparentid WHEN 0 THEN t.tgisinternal ELSE t.tgenabled = parent.tgenabled OR EXISTS (SELECT FROM pg_constraint k WHERE k.oid = t.tgconstraint AND contype = 'f') END
  UNION ALL SELECT 'pg_class', indexrelid FROM pg_index JOIN pg_class ON oid = indexrelid WHERE NOT indisvalid AND relkind = 'i'
  UNION ALL SELECT 'pg_type', t.oid FROM pg_type t LEFT JOIN pg_class c ON c.oid = typrelid WHERE typrelid <> 0 AND relkind <> 'c' OR typcategory = 'A'
  UNION ALL SELECT 'pg_publication', oid FROM pg_publication
  UNION ALL SELECT classid, objid FROM pg_depend WHERE classid IN ('pg_proc'::regclass, 'pg_cast'::regclass) AND deptype = 'i'
), hashed (owner, options) AS (
  SELECT concat(class, owner), (SELECT string_agg(format('%s=%s', split_part(option, '=', 1), encode(sha256(convert_to(option, 'UTF8')), 'hex')), ', ' ORDER BY option) FROM unnest(options) AS option)
  FROM (SELECT 'pg_foreign_data_wrapper'::regclass, oid, fdwoptions FROM pg_foreign_data_wrapper
        UNION ALL SELECT 'pg_foreign_server', oid, srvoptions FROM pg_foreign_server
        UNION ALL SELECT 'pg_foreign_table', ftrelid, ftoptions FROM pg_foreign_table
        UNION ALL SELECT 'pg_user_mapping', umid, umoptions FROM pg_user_mappings) AS _ (class, owner, options)
), beside (class, oid) AS (
  -- What belongs to a schema and has no name in it.
  SELECT 'pg_namespace'::regclass, oid FROM space
  UNION ALL SELECT 'pg_constraint', oid FROM pg_constraint WHERE connamespace IN (SELECT oid FROM space)
  UNION ALL SELECT 'pg_trigger', t.oid FROM pg_trigger t JOIN relation ON relation.oid = tgrelid
  UNION ALL SELECT 'pg_rewrite', r.oid FROM pg_rewrite r JOIN relation ON relation.oid = ev_class
  UNION ALL SELECT 'pg_policy', p.oid FROM pg_policy p JOIN relation ON relation.oid = polrelid
), other (class, oid, namespace, body) AS (
  SELECT 'pg_operator'::regclass, oid, oprnamespace, format('%s returns %s commutator %s negator %s restrict %s join %s merges %s hashes %s', oprcode, oprresult::regtype, oprcom::regoperator, oprnegate::regoperator,
      oprrest, oprjoin, oprcanmerge, oprcanhash) FROM pg_operator
  UNION ALL SELECT 'pg_opclass', oid, opcnamespace, format('default %s for %s keeps %s family %s', opcdefault, opcintype::regtype, opckeytype::regtype, (SELECT format('%I.%I', nspname, opfname) FROM pg_opfamily f JOIN pg_namespace n ON n.oid = opfnamespace WHERE f.oid = opcfamily)) FROM pg_opclass
  UNION ALL SELECT 'pg_opfamily', f.oid, opfnamespace, concat(
      (SELECT string_agg(format('%s %s %s %s', amopstrategy, amopopr::regoperator, amoppurpose, (SELECT opfname FROM pg_opfamily WHERE oid = amopsortfamily)), ', ' ORDER BY amopstrategy, concat(amopopr::regoperator)) FROM pg_amop WHERE amopfamily = f.oid), '; ',
      (SELECT string_agg(format('%s (%s, %s) %s', amprocnum, amproclefttype::regtype, amprocrighttype::regtype, amproc::regprocedure), ', ' ORDER BY amprocnum, concat(amproclefttype::regtype, ' ', amprocrighttype::regtype)) FROM pg_amproc WHERE amprocfamily = f.oid)) FROM pg_opfamily f
  UNION ALL SELECT 'pg_conversion', oid, connamespace, format('%s %s %s %s', conproc, conforencoding, contoencoding, condefault) FROM pg_conversion
  UNION ALL SELECT 'pg_ts_config', c.oid, cfgnamespace, concat(parser, ' ', (SELECT string_agg(format('%s %s', maptokentype, mapdict::regdictionary), ', ' ORDER BY maptokentype, mapseqno) FROM pg_ts_config_map WHERE mapcfg = c.oid)) FROM (SELECT c.*, prsname AS parser FROM pg_ts_config c JOIN pg_ts_parser p ON p.oid = cfgparser) AS c
  UNION ALL SELECT 'pg_ts_dict', d.oid, dictnamespace, concat(tmplname, ' ', dictinitoption) FROM pg_ts_dict d JOIN pg_ts_template t ON t.oid = dicttemplate
  UNION ALL SELECT 'pg_ts_parser', oid, prsnamespace, format('%s %s %s %s %s', prsstart, prstoken, prsend, prsheadline, prslextype) FROM pg_ts_parser
  UNION ALL SELECT 'pg_ts_template', oid, tmplnamespace, format('%s %s', tmplinit, tmpllexize) FROM pg_ts_template
  UNION ALL SELECT 'pg_statistic_ext', oid, stxnamespace, format('%s target %s', pg_get_statisticsobjdef(oid), nullif(stxstattarget, -1)) FROM pg_statistic_ext
  UNION ALL SELECT 'pg_cast', oid, NULL, format('%s %s %s', castfunc::regprocedure, castcontext, castmethod) FROM pg_cast
  UNION ALL SELECT 'pg_transform', oid, NULL, format('%s %s', trffromsql, trftosql) FROM pg_transform
  UNION ALL SELECT 'pg_am', oid, NULL, format('%s %s', amtype, amhandler) FROM pg_am
  UNION ALL SELECT 'pg_language', oid, NULL, format('trusted %s %s %s %s', lanpltrusted, lanplcallfoid::regprocedure, laninline::regprocedure, lanvalidator::regprocedure) FROM pg_language
  UNION ALL SELECT 'pg_foreign_data_wrapper', oid, NULL, format('%s %s %s', fdwhandler::regprocedure, fdwvalidator::regprocedure, options) FROM pg_foreign_data_wrapper JOIN hashed ON owner = concat('pg_foreign_data_wrapper'::regclass, oid)
  UNION ALL SELECT 'pg_foreign_server', s.oid, NULL, format('%s %s %s %s', fdwname, srvtype, srvversion, options) FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = srvfdw JOIN hashed ON owner = concat('pg_foreign_server'::regclass, s.oid)
  UNION ALL SELECT 'pg_event_trigger', oid, NULL, format('%s %s %s %s', evtenabled, evtevent, evtfoid::regproc, evttags) FROM pg_event_trigger
), line (kind, body) AS (
  -- Every new database has a schema public.
  SELECT 'schema', nspname::text FROM space WHERE nspname <> 'public'
  UNION ALL SELECT 'extension', format('%I in %I', extname, nspname) FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE :'schemas' = ''
  UNION ALL SELECT 'relation', format('%s %s %s', relkind, relpersistence, name) || format(' %s replica identity %s row security %s force %s populated %s method %s of %s server %s %s',
      nullif(array_to_string(ARRAY(SELECT unnest(r.reloptions || (SELECT array_agg('toast.' || option) FROM pg_class toast, unnest(toast.reloptions) AS option WHERE toast.oid = r.reltoastrelid)) ORDER BY 1), ', '), ''),
      relreplident, relrowsecurity, relforcerowsecurity, relispopulated, CASE WHEN relkind IN ('r', 'm') THEN (SELECT amname FROM pg_am WHERE oid = relam) END, nullif(reloftype, 0)::regtype, srvname, options)
    FROM relation r LEFT JOIN pg_foreign_table ON ftrelid = r.oid LEFT JOIN pg_foreign_server s ON s.oid = ftserver LEFT JOIN hashed ON owner = concat('pg_foreign_table'::regclass, r.oid) WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
  UNION ALL SELECT 'partition', format('%s %s %s', name, pg_get_partkeydef(oid), pg_get_expr(relpartbound, oid)) FROM relation WHERE relispartition AND relkind IN ('r', 'p', 'f') OR relkind = 'p'
  UNION ALL SELECT 'inherits', format('%s %s %s', name, row_number() OVER (PARTITION BY inhrelid ORDER BY inhseqno), inhparent::regclass) FROM relation JOIN pg_inherits ON inhrelid = relation.oid WHERE relkind IN ('r', 'p', 'f', 'i', 'I')
  UNION ALL SELECT 'column', format('%s %I %s %s', name, attname, format_type(atttypid, atttypmod), format('notnull %s identity %L generated %L', attnotnull, attidentity, attgenerated))
      || format(' position %s default %s', CASE WHEN NOT inherits OR relispartition THEN position END, pg_get_expr(adbin, adrelid))
    FROM attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
  UNION ALL SELECT 'not valid', format('%s %I', conrelid::regclass, attname) FROM pg_constraint c JOIN attribute ON attrelid = conrelid AND attnum = conkey[1] WHERE contype = 'n' AND NOT convalidated AND :oldest < 18
  UNION ALL SELECT 'column storage', format('%s %I collation %s storage %s compression %L statistics %s %s %s', name, attname, nullif(attcollation, 0)::regcollation,
      attstorage, attcompression, target, array_to_string(attoptions, ', '),
      (SELECT string_agg(format('%s=%s', split_part(option, '=', 1), encode(sha256(convert_to(option, 'UTF8')), 'hex')), ', ' ORDER BY option) FROM unnest(attfdwoptions) AS option))
    FROM attribute JOIN pg_type t ON t.oid = atttypid
    WHERE relkind IN ('r', 'p', 'm', 'f', 'c', 'v') AND (attcollation, attstorage, attcompression, target, attoptions, attfdwoptions) IS DISTINCT FROM (typcollation, typstorage, '', '', NULL, NULL)
  UNION ALL SELECT 'inherited column', format('%s %I local %s', name, attname, attislocal) FROM attribute WHERE relkind IN ('r', 'f') AND inherits AND NOT relispartition
  UNION ALL SELECT 'index', format('%s clustered %s replica identity %s statistics %s', pg_get_indexdef(indexrelid), indisclustered, indisreplident,
      (SELECT string_agg(concat(nullif(attstattarget, -1)), ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = indexrelid))
    FROM pg_index JOIN relation ON oid = indexrelid WHERE indisvalid OR relkind = 'I'
  UNION ALL SELECT 'constraint', format('%s %I %s', conrelid::regclass, conname, pg_get_constraintdef(c.oid)) FROM pg_constraint c JOIN relation ON relation.oid = conrelid WHERE ('pg_constraint'::regclass, c.oid) NOT IN (TABLE hidden)
  UNION ALL SELECT 'trigger', format('%s %s', tgenabled, pg_get_triggerdef(t.oid)) FROM pg_trigger t JOIN relation ON relation.oid = tgrelid WHERE ('pg_trigger'::regclass, t.oid) NOT IN (TABLE hidden)
  UNION ALL SELECT 'policy', format('%I on %s for %s %s to %s using %s check %s', polname, name, polcmd, CASE WHEN polpermissive THEN 'permissive' ELSE 'restrictive' END,
      ARRAY(SELECT CASE role WHEN 0 THEN 'public' ELSE pg_get_userbyid(role) END FROM unnest(polroles) AS role ORDER BY 1), pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
    FROM pg_policy JOIN relation ON relation.oid = polrelid
  UNION ALL SELECT 'view', format('%s %s', name, pg_get_viewdef(oid)) FROM relation WHERE relkind IN ('v', 'm')
  UNION ALL SELECT 'rule', format('%s %s %s', name, ev_enabled, CASE rulename WHEN '_RETURN' THEN '_RETURN' ELSE pg_get_ruledef(r.oid) END)
    FROM pg_rewrite r JOIN relation ON relation.oid = ev_class WHERE rulename <> '_RETURN' OR ev_enabled <> 'O'
  UNION ALL SELECT 'function', format('%s %s returns %s %s %s %s', prokind, name, pg_get_function_result(f.oid), lanname,
      format('volatility %s strict %s security definer %s leakproof %s parallel %s cost %s rows %s support %s transforms %s set %s %s', provolatile, proisstrict, prosecdef, proleakproof, proparallel,
             procost, prorows, prosupport, protrftypes::regtype[], settings, probin),
      CASE WHEN prosqlbody IS NULL THEN prosrc END)
    FROM function f JOIN pg_language l ON l.oid = prolang, LATERAL (
      SELECT string_agg(name || '=' || CASE WHEN name IN (:list_settings) THEN elements ELSE value END, ', ' ORDER BY name) AS settings
      FROM unnest(proconfig) AS config, LATERAL (SELECT split_part(config, '=', 1), substr(config, strpos(config, '=') + 1)) AS setting (name, value), LATERAL (:elements) AS _ (elements)) AS _
  UNION ALL SELECT 'function arguments', format('%s %s', name, arguments) FROM function, pg_get_function_arguments(oid) AS arguments WHERE arguments <> ''
  UNION ALL SELECT 'function body', format('%s %s', name, pg_get_function_sqlbody(oid)) FROM function WHERE prosqlbody IS NOT NULL
  UNION ALL SELECT 'aggregate', format('%s %s', name, to_jsonb(a) - '{aggfnoid,aggsortop,aggtranstype,aggmtranstype}'::text[]) || format(' %s %s %s', aggsortop::regoperator, aggtranstype::regtype, aggmtranstype::regtype)
    FROM pg_aggregate a JOIN function f ON f.oid = aggfnoid
  UNION ALL SELECT 'enum', format('%s %s', name, (SELECT array_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = type.oid)) FROM type WHERE typtype = 'e'
  UNION ALL SELECT 'domain', format('%s %s notnull %s collation %s default %s check %s', name, format_type(typbasetype, typtypmod), typnotnull, nullif(typcollation, 0)::regcollation, typdefault,
      (SELECT string_agg(format('%I %s', conname, pg_get_constraintdef(c.oid)), ', ' ORDER BY conname) FROM pg_constraint c WHERE contypid = type.oid AND ('pg_constraint'::regclass, c.oid) NOT IN (TABLE hidden)))
    FROM type WHERE typtype = 'd'
  UNION ALL SELECT 'type', format('%s %s', typtype, name)
      || (SELECT format(' of %s class %s collation %s canonical %s difference %s multirange %s', rngsubtype::regtype, (SELECT format('%I.%I', nspname, opcname) FROM pg_opclass c JOIN pg_namespace n ON n.oid = opcnamespace WHERE c.oid = rngsubopc),
                        nullif(rngcollation, 0)::regcollation, rngcanonical, rngsubdiff, rngmultitypid::regtype) FROM (SELECT) AS _ WHERE rngtypid IS NOT NULL UNION ALL SELECT '' WHERE rngtypid IS NULL)
      || CASE typtype WHEN 'b' THEN format(' %s %s %s %s %s %s %s length %s by value %s align %s storage %s category %s preferred %s delimiter %s default %s subscript %s', typinput, typoutput, typreceive, typsend, typmodin, typmodout, typanalyze,
                        typlen, typbyval, typalign, typstorage, typcategory, typispreferred, typdelim, typdefault, typsubscript) ELSE '' END
    FROM type LEFT JOIN pg_range ON rngtypid = type.oid WHERE typtype = 'r' OR typtype = 'b' AND typcategory <> 'A' OR typtype = 'p' AND NOT typisdefined OR typtype = 'c' AND EXISTS (SELECT FROM relation WHERE oid = typrelid AND relkind = 'c')
  UNION ALL SELECT 'collation', format('%I.%I %s %s %s', nspname, collname, collprovider, collisdeterministic, CASE WHEN collprovider <> 'i' THEN format('%s %s', collcollate, collctype) END) || coalesce(' rules ' || (to_jsonb(c) ->> 'collicurules'), '')
    FROM pg_collation c JOIN space ON space.oid = collnamespace WHERE ('pg_collation'::regclass, c.oid) NOT IN (TABLE member)
  UNION ALL SELECT 'locale', format('%I.%I %s', nspname, collname, coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale'))
    FROM pg_collation c JOIN space ON space.oid = collnamespace WHERE collprovider = 'i' AND ('pg_collation'::regclass, c.oid) NOT IN (TABLE member)
  -- Up to PostgreSQL 16 names of objects have the schema of type json, from 17 on they do not.
  UNION ALL SELECT 'object', format('%s %s %s', o.type, named, body) FROM other, pg_identify_object(class, other.oid, 0) AS o, LATERAL (SELECT regexp_replace(o.identity, '("(?:[^"]|"")*")|\mpg_catalog\.(?=json\M)', '\1', 'g')) AS _ (named)
    WHERE other.oid >= 16384 AND (class, other.oid) NOT IN (TABLE member) AND (class, other.oid) NOT IN (TABLE hidden) AND (namespace IN (SELECT oid FROM space) OR namespace IS NULL AND :'schemas' = '')
  UNION ALL SELECT 'user mapping', format('%I for %I', srvname, usename) FROM pg_user_mappings WHERE :'schemas' = ''
  UNION ALL SELECT 'user mapping options', format('%I for %I %s', srvname, usename, options) FROM pg_user_mappings JOIN hashed ON owner = concat('pg_user_mapping'::regclass, umid) WHERE :'schemas' = '' AND umoptions IS NOT NULL
  UNION ALL SELECT 'comment', format('%s %s %s', o.type, named, description) FROM pg_description, pg_identify_object(classoid, objoid, objsubid) AS o, LATERAL (SELECT regexp_replace(o.identity, '("(?:[^"]|"")*")|\mpg_catalog\.(?=json\M)', '\1', 'g')) AS _ (named)
    WHERE (objoid >= 16384 OR classoid = 'pg_largeobject'::regclass OR objoid = to_regnamespace('public')) AND NOT (classoid = 'pg_namespace'::regclass AND description = 'standard public schema') AND (classoid, objoid) NOT IN (TABLE member) AND (classoid, objoid) NOT IN (TABLE hidden) AND classoid NOT IN ('pg_extension'::regclass, 'pg_subscription'::regclass)
      AND (o.schema = ANY (SELECT quote_ident(nspname) FROM space) OR (classoid, objoid) IN (TABLE beside) OR o.schema IS NULL AND :'schemas' = '') AND coalesce(o.schema, '') <> 'cdk8s_rhdh'
  UNION ALL SELECT 'comment', format('database %s', description) FROM pg_shdescription WHERE :'schemas' = '' AND classoid = 'pg_database'::regclass AND objoid = (SELECT oid FROM pg_database WHERE datname = current_database())
  UNION ALL SELECT 'extension comment', format('%I %s', extname, description)
    FROM pg_extension x JOIN pg_description ON classoid = 'pg_extension'::regclass AND objoid = x.oid JOIN pg_available_extensions a ON a.name = extname
    WHERE :'schemas' = '' AND description <> coalesce(a.comment, '')
  UNION ALL SELECT 'setting', format('%s=%s', name, CASE WHEN name IN (:list_settings) THEN elements WHEN name LIKE '%.%' THEN encode(sha256(convert_to(value, 'UTF8')), 'hex') ELSE value END)
    FROM pg_db_role_setting, unnest(setconfig) AS config, LATERAL (SELECT split_part(config, '=', 1), substr(config, strpos(config, '=') + 1)) AS setting (name, value), LATERAL (:elements) AS _ (elements)
    WHERE :own AND setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()) AND name NOT IN (:left_settings)
)
SELECT concat(json_build_object(kind, CASE WHEN :oldest < 16 AND kind IN ('column', 'partition', 'constraint', 'index', 'trigger', 'policy', 'rule', 'function arguments', 'function body', 'object', 'domain')
         THEN regexp_replace(body, '(''(?:[^'']|'''')*''|"(?:[^"]|"")*")| NO INDENT(?=\))', '\1', 'g') ELSE body END))
FROM line ORDER BY 1;

-- Where a sequence goes on: its view tells nothing of one that was never called, though it may have been set.
SELECT format('SELECT json_build_object(''sequence'', format(%L, last_value, is_called)) FROM %I.%I;',
              replace(format('%I.%I %s %s start %s min %s max %s increment %s cycle %s cache %s', nspname, relname, relpersistence, seqtypid::regtype, seqstart, seqmin, seqmax, seqincrement, seqcycle, seqcache)
                || coalesce((SELECT format(' owned by %s.%I', refobjid::regclass, attname) FROM pg_depend JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
                             WHERE classid = 'pg_class'::regclass AND objid = c.oid AND refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i')), ''), '%', '%%')
              || ' at %s called %s', nspname, relname)
FROM pg_sequence JOIN pg_class c ON c.oid = seqrelid JOIN pg_namespace n ON n.oid = relnamespace
WHERE nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', 'cdk8s_rhdh')
  AND (:'schemas' = '' OR quote_ident(nspname) = ANY (string_to_array(:'schemas', E'\n')))
  AND (NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
       -- Of an extension's sequences those that pg_dump copies.
       OR :'schemas' = '' AND EXISTS (SELECT FROM pg_extension WHERE c.oid = ANY (extconfig))) \gexec
