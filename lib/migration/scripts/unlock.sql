-- In the snapshot: statements for the target that open each lock which a hub that was killed left behind, and which would stop
-- the next start of Backstage ("Migration table is already locked"). They run before triggers and rules are there, and on
-- columns of PostgreSQL's own types alone: nothing of the source is called.
SELECT format('SELECT %L WHERE EXISTS (SELECT FROM ONLY %s WHERE is_locked <> 0)',
              format('UPDATE ONLY %1$s SET is_locked = 0 WHERE is_locked <> 0 RETURNING %2$L;', c.oid::regclass,
                     format('%s: %s was left locked by a hub that was killed; the copy is unlocked', to_json(:'target'::name), c.oid::regclass)), c.oid::regclass)
FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relname LIKE '%knex_migrations_lock' AND c.relkind = 'r' AND a.attname = 'is_locked' AND a.attgenerated = ''
  AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
  AND (:'schemas' = '' OR quote_ident(nspname) = ANY (string_to_array(:'schemas', E'\n'))) \gexec
