-- Empties a database that the move did not create itself, so may not drop: all but extensions, which an
-- administrator may have installed, and the mark of the move. Where databases share it (`:shared`), what is half-done is in `public`.
SET client_min_messages = error;
-- First what would see the rest: those whose function is dropped below.
SELECT format('DROP EVENT TRIGGER %I', evtname) FROM pg_event_trigger e JOIN pg_proc p ON p.oid = evtfoid JOIN pg_namespace n ON n.oid = pronamespace
WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema' AND pg_has_role(evtowner, 'usage')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid IN (e.oid, p.oid) AND d.deptype = 'e') \gexec
\if :shared
\else
SELECT format('DROP SCHEMA %I CASCADE', nspname) FROM pg_namespace n
WHERE nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', 'public', 'cdk8s_rhdh')
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_namespace'::regclass AND objid = n.oid AND deptype = 'e')
  AND NOT EXISTS (SELECT FROM pg_extension WHERE extnamespace = n.oid) \gexec
\endif
SELECT format('DROP %s IF EXISTS %s CASCADE', o.type, o.identity)
FROM pg_depend d, pg_identify_object(d.classid, d.objid, 0) AS o
WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid IN (SELECT oid FROM pg_namespace WHERE nspname = 'public')
  AND d.deptype = 'n' AND d.classid NOT IN ('pg_extension'::regclass, 'pg_default_acl'::regclass)
  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classid AND e.objid = d.objid AND e.deptype = 'e') \gexec
SELECT lo_unlink(oid) FROM pg_largeobject_metadata \g /dev/null
