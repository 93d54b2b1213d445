-- Statements for a target of another major version, which prints the source's views and ICU collations as it prints its
-- own: it makes each anew, says what it is, and forgets it. One that it cannot make is said as the source prints it.
-- Event triggers would see that, so they are off meanwhile. All of it is rolled back.
SELECT 'SET client_min_messages = error;' || E'\n'
       || $$SELECT format('ALTER EVENT TRIGGER %I DISABLE', evtname) FROM pg_event_trigger WHERE evtenabled <> 'D' AND pg_has_role(evtowner, 'usage') \gexec$$ || E'\n'
       || 'CREATE SCHEMA IF NOT EXISTS cdk8s_rhdh;' || E'\n'
       || '\set ON_ERROR_ROLLBACK on' || E'\n' || '\set ON_ERROR_STOP off';

SELECT format(E'SELECT %L \\gexec\n\\if :ERROR\n  SELECT %L;\n\\else\n  SELECT %s;\n  DROP %s;\n\\endif', made, printed, anew, named)
FROM (
  SELECT 'CREATE VIEW cdk8s_rhdh.printed AS ' || pg_get_viewdef(c.oid), json_build_object('view', format('%I.%I %s', nspname, relname, pg_get_viewdef(c.oid))),
         format('json_build_object(''view'', format(''%%s %%s'', %L, pg_get_viewdef(''cdk8s_rhdh.printed''::regclass)))', format('%I.%I', nspname, relname)), 'VIEW cdk8s_rhdh.printed'
  FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
  WHERE relkind IN ('v', 'm') AND nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', 'cdk8s_rhdh')
    AND (:'schemas' = '' OR quote_ident(nspname) = ANY (string_to_array(:'schemas', E'\n')))
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
  UNION ALL
  SELECT format('CREATE COLLATION cdk8s_rhdh.printed (PROVIDER = icu, LOCALE = %L)', locale),
         json_build_object('locale', format('%I.%I %s', nspname, collname, locale)),
         format('(SELECT json_build_object(''locale'', format(''%%s %%s'', %L, coalesce(to_jsonb(c) ->> ''colllocale'', to_jsonb(c) ->> ''colliculocale''))) FROM pg_collation c WHERE oid = ''cdk8s_rhdh.printed''::regcollation)', format('%I.%I', nspname, collname)), 'COLLATION cdk8s_rhdh.printed'
  FROM pg_collation c JOIN pg_namespace n ON n.oid = collnamespace, LATERAL (SELECT coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale')) AS _ (locale)
  WHERE collprovider = 'i' AND nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', 'cdk8s_rhdh')
    AND (:'schemas' = '' OR quote_ident(nspname) = ANY (string_to_array(:'schemas', E'\n')))
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_collation'::regclass AND objid = c.oid AND deptype = 'e')
) AS object (made, printed, anew, named);
