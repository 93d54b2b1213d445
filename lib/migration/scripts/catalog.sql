-- A line for everything that a database is made of, as text. Left out: what belongs to whom, and who may what (the roles
-- are others), tablespaces, publications, versions of extensions, and what is in a materialized view.
WITH space AS (
  SELECT oid, nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', 'cdk8s_rhdh')
    AND (:'schemas' = '' OR quote_ident(nspname) = ANY (string_to_array(:'schemas', E'\n')))
), member AS (
  SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), relation AS (
  SELECT c.*, format('%I.%I', nspname, relname) AS name FROM pg_class c JOIN space ON space.oid = relnamespace
  WHERE ('pg_class'::regclass, c.oid) NOT IN (TABLE member)
), attribute AS (
  SELECT relation.name, relkind, a.*, coalesce(nullif(attstattarget, -1)::text, 'default') AS target
  FROM relation JOIN pg_attribute a ON attrelid = relation.oid
  WHERE attnum > 0 AND NOT attisdropped
), type AS (
  SELECT t.*, format('%I.%I', nspname, typname) AS name FROM pg_type t JOIN space ON space.oid = typnamespace
  WHERE ('pg_type'::regclass, t.oid) NOT IN (TABLE member)
), function AS (
  SELECT p.*, p.oid::regprocedure::text AS name FROM pg_proc p JOIN space ON space.oid = pronamespace
  WHERE ('pg_proc'::regclass, p.oid) NOT IN (TABLE member)
), other (class, oid, namespace, body) AS (
  SELECT 'pg_operator'::regclass, oid, oprnamespace, oprcode::text FROM pg_operator
  UNION ALL SELECT 'pg_opclass', oid, opcnamespace, opcdefault::text FROM pg_opclass
  UNION ALL SELECT 'pg_opfamily', oid, opfnamespace, '' FROM pg_opfamily
  UNION ALL SELECT 'pg_collation', oid, collnamespace, format('%s %s %s', collprovider, collisdeterministic,
      coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale', collcollate)) FROM pg_collation c
  UNION ALL SELECT 'pg_conversion', oid, connamespace, conproc::text FROM pg_conversion
  UNION ALL SELECT 'pg_ts_config', oid, cfgnamespace, (SELECT string_agg(format('%s %s', maptokentype, mapdict::regdictionary), ', ' ORDER BY maptokentype, mapseqno) FROM pg_ts_config_map WHERE mapcfg = c.oid) FROM pg_ts_config c
  UNION ALL SELECT 'pg_ts_dict', oid, dictnamespace, dictinitoption FROM pg_ts_dict
  UNION ALL SELECT 'pg_ts_parser', oid, prsnamespace, '' FROM pg_ts_parser
  UNION ALL SELECT 'pg_ts_template', oid, tmplnamespace, '' FROM pg_ts_template
  UNION ALL SELECT 'pg_statistic_ext', oid, stxnamespace, format('%s target %s', pg_get_statisticsobjdef(oid), coalesce(nullif(stxstattarget, -1)::text, 'default')) FROM pg_statistic_ext
  UNION ALL SELECT 'pg_cast', oid, NULL, format('%s %s %s', castfunc::regprocedure, castcontext, castmethod) FROM pg_cast
  UNION ALL SELECT 'pg_language', oid, NULL, '' FROM pg_language
  UNION ALL SELECT 'pg_foreign_data_wrapper', oid, NULL, array_to_string(fdwoptions, ', ') FROM pg_foreign_data_wrapper
  UNION ALL SELECT 'pg_foreign_server', oid, NULL, array_to_string(srvoptions, ', ') FROM pg_foreign_server
  UNION ALL SELECT 'pg_event_trigger', oid, NULL, format('%s %s %s %s', evtenabled, evtevent, evtfoid::regproc, evttags) FROM pg_event_trigger
), line (kind, body) AS (
  -- Every new database has a schema public.
  SELECT 'schema', nspname::text FROM space WHERE nspname <> 'public'
  UNION ALL SELECT 'extension', format('%I in %I', extname, nspname) FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE :'schemas' = ''
  UNION ALL SELECT 'relation', format('%s %s %s %s replica identity %s row security %s force %s populated %s', relkind, relpersistence, name,
      nullif(array_to_string(ARRAY(SELECT unnest(r.reloptions || (SELECT reloptions FROM pg_class WHERE oid = r.reltoastrelid)) ORDER BY 1), ', '), ''), relreplident, relrowsecurity, relforcerowsecurity, relispopulated)
    FROM relation r WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
  UNION ALL SELECT 'partition', format('%s %s %s', name, pg_get_partkeydef(oid), pg_get_expr(relpartbound, oid)) FROM relation WHERE relispartition AND relkind IN ('r', 'p', 'f') OR relkind = 'p'
  UNION ALL SELECT 'inherits', format('%s %s %s', name, inhseqno, inhparent::regclass) FROM relation JOIN pg_inherits ON inhrelid = relation.oid WHERE relkind IN ('r', 'p', 'f')
  UNION ALL SELECT 'column', format('%s %I %s %s default %s', name, attname, format_type(atttypid, atttypmod),
      format('notnull %s identity %L generated %L', attnotnull, attidentity, attgenerated), pg_get_expr(adbin, adrelid))
    FROM attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
  UNION ALL SELECT 'column storage', format('%s %I collation %s storage %s compression %L statistics %s %s', name, attname, nullif(attcollation, 0)::regcollation,
      attstorage, attcompression, target, array_to_string(attoptions, ', '))
    FROM attribute JOIN pg_type t ON t.oid = atttypid
    WHERE relkind IN ('r', 'p', 'm', 'f') AND (attcollation, attstorage, attcompression, target, attoptions) IS DISTINCT FROM (typcollation, typstorage, '', 'default', NULL)
  UNION ALL SELECT 'index', format('%s clustered %s replica identity %s statistics %s', pg_get_indexdef(indexrelid), indisclustered, indisreplident,
      (SELECT string_agg(coalesce(nullif(attstattarget, -1)::text, 'default'), ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = indexrelid))
    FROM pg_index JOIN relation ON oid = indexrelid WHERE indisvalid
  UNION ALL SELECT 'constraint', format('%s %I %s', conrelid::regclass, conname, pg_get_constraintdef(c.oid)) FROM pg_constraint c JOIN relation ON relation.oid = conrelid WHERE contype <> 'n'
  UNION ALL SELECT 'trigger', format('%s %s', tgenabled, pg_get_triggerdef(t.oid)) FROM pg_trigger t JOIN relation ON relation.oid = tgrelid WHERE NOT tgisinternal
  UNION ALL SELECT 'policy', format('%I on %s for %s %s to %s using %s check %s', polname, name, polcmd, CASE WHEN polpermissive THEN 'permissive' ELSE 'restrictive' END,
      ARRAY(SELECT CASE role WHEN 0 THEN 'public' ELSE pg_get_userbyid(role) END FROM unnest(polroles) AS role ORDER BY 1), pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
    FROM pg_policy JOIN relation ON relation.oid = polrelid
  -- From 16 on, PostgreSQL prints a column's table only where it must, so the text is without, and its tables come after.
  UNION ALL SELECT CASE rulename WHEN '_RETURN' THEN 'view' ELSE 'rule' END,
      format('%s %s %s of %s', name, ev_enabled, regexp_replace(CASE rulename WHEN '_RETURN' THEN pg_get_viewdef(ev_class) ELSE pg_get_ruledef(r.oid) END, '("[^"]*"|\w+)\.', '', 'g'),
             (SELECT string_agg(DISTINCT refobjid::regclass::text, ', ') FROM pg_depend WHERE classid = 'pg_rewrite'::regclass AND objid = r.oid AND refclassid = 'pg_class'::regclass))
    FROM pg_rewrite r JOIN relation ON relation.oid = ev_class
  UNION ALL SELECT 'function', format('%s %s returns %s %s %s %s', prokind, name, pg_get_function_result(f.oid), lanname,
      format('volatility %s strict %s security definer %s leakproof %s parallel %s cost %s rows %s set %s arguments %s', provolatile, proisstrict, prosecdef, proleakproof, proparallel,
             procost, prorows, array_to_string(proconfig, ', '), pg_get_function_arguments(f.oid)),
      coalesce(regexp_replace(pg_get_function_sqlbody(f.oid), '("[^"]*"|\w+)\.', '', 'g'), prosrc))
    FROM function f JOIN pg_language l ON l.oid = prolang
  UNION ALL SELECT 'aggregate', format('%s %s %s %s %s initial %L', name, aggtransfn, nullif(aggfinalfn, 0), nullif(aggcombinefn, 0), aggtranstype::regtype, agginitval)
    FROM pg_aggregate JOIN function f ON f.oid = aggfnoid
  UNION ALL SELECT 'enum', format('%s %s', name, (SELECT array_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = type.oid)) FROM type WHERE typtype = 'e'
  UNION ALL SELECT 'domain', format('%s %s notnull %s collation %s default %s check %s', name, format_type(typbasetype, typtypmod), typnotnull, nullif(typcollation, 0)::regcollation, typdefault,
      (SELECT array_agg(format('%I %s', conname, pg_get_constraintdef(c.oid)) ORDER BY conname) FROM pg_constraint c WHERE contypid = type.oid AND contype <> 'n'))
    FROM type WHERE typtype = 'd'
  UNION ALL SELECT 'type', format('%s %s %s', typtype, name, rngsubtype::regtype) FROM type LEFT JOIN pg_range ON rngtypid = type.oid WHERE typtype IN ('r', 'b') AND typelem = 0 OR typtype = 'c' AND EXISTS (SELECT FROM relation WHERE oid = typrelid AND relkind = 'c')
  UNION ALL SELECT 'object', format('%s %s %s', o.type, o.identity, body) FROM other, pg_identify_object(class, other.oid, 0) AS o
    WHERE other.oid >= 16384 AND (class, other.oid) NOT IN (TABLE member) AND (namespace IN (SELECT oid FROM space) OR namespace IS NULL AND :'schemas' = '')
  UNION ALL SELECT 'comment', format('%s %s %s', o.type, o.identity, description) FROM pg_description, pg_identify_object(classoid, objoid, objsubid) AS o
    WHERE (objoid >= 16384 OR objoid = to_regnamespace('public') AND description <> 'standard public schema') AND (classoid, objoid) NOT IN (TABLE member) AND classoid <> 'pg_extension'::regclass
      AND (o.schema = ANY (SELECT quote_ident(nspname) FROM space) OR o.schema IS NULL AND :'schemas' = '') AND coalesce(o.schema, '') <> 'cdk8s_rhdh'
  UNION ALL SELECT 'comment', format('database %s', description) FROM pg_shdescription WHERE :'schemas' = '' AND classoid = 'pg_database'::regclass AND objoid = (SELECT oid FROM pg_database WHERE datname = current_database())
  UNION ALL SELECT 'extension comment', format('%I %s', extname, description)
    FROM pg_extension x JOIN pg_description ON classoid = 'pg_extension'::regclass AND objoid = x.oid JOIN pg_available_extensions a ON a.name = extname
    WHERE :'schemas' = '' AND description <> coalesce(a.comment, '')
  UNION ALL SELECT 'setting', setting FROM pg_db_role_setting, unnest(setconfig) AS setting
    WHERE :'schemas' = '' AND setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()) AND setting NOT LIKE 'default\_transaction\_read\_only=%'
)
SELECT json_build_object(kind, body)::text FROM line ORDER BY 1;

-- Where a sequence goes on: its view tells nothing of one that was never called, though it may have been set.
SELECT format('SELECT json_build_object(''sequence'', format(%L, last_value, is_called)) FROM %I.%I;',
              replace(format('%I.%I %s start %s min %s max %s increment %s cycle %s cache %s', nspname, relname, seqtypid::regtype, seqstart, seqmin, seqmax, seqincrement, seqcycle, seqcache)
                || coalesce((SELECT format(' owned by %s.%I', refobjid::regclass, attname) FROM pg_depend JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
                             WHERE classid = 'pg_class'::regclass AND objid = c.oid AND refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i')), ''), '%', '%%')
              || ' at %s called %s', nspname, relname)
FROM pg_sequence JOIN pg_class c ON c.oid = seqrelid JOIN pg_namespace n ON n.oid = relnamespace
WHERE nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', 'cdk8s_rhdh')
  AND (:'schemas' = '' OR quote_ident(nspname) = ANY (string_to_array(:'schemas', E'\n')))
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e') \gexec
