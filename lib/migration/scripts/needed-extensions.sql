-- The extensions that what is copied cannot do without: all of a database, or, where a mapping limits the copy to :schemas,
-- those that something in them depends on, and those that these require.
WITH RECURSIVE part (class, oid, extension) AS (
  SELECT classid, objid, refobjid FROM pg_depend WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
  UNION SELECT classid, objid, extension FROM part JOIN pg_depend ON refclassid = class AND refobjid = part.oid AND deptype IN ('a', 'i')
), needed (oid) AS (
  SELECT extension
  FROM part JOIN pg_depend d ON refclassid = class AND refobjid = part.oid,
       pg_identify_object(classid, objid, objsubid) AS o, pg_identify_object_as_address(classid, objid, objsubid) AS a
  WHERE :'schemas' <> '' AND (classid, objid) NOT IN (SELECT class, oid FROM part)
    AND coalesce(o.schema, quote_ident(a.object_names[1])) = ANY (string_to_array(:'schemas', E'\n'))
  UNION SELECT refobjid FROM needed JOIN pg_depend ON classid = 'pg_extension'::regclass AND objid = needed.oid AND refclassid = 'pg_extension'::regclass
)
SELECT x.*, nspname AS schema FROM pg_extension x JOIN pg_namespace n ON n.oid = extnamespace
WHERE extname <> 'plpgsql' AND (:'schemas' = '' OR x.oid IN (TABLE needed))
