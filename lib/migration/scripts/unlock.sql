-- A lock that a killed hub left behind would stop the next start of Backstage ("Migration table is already locked").
-- Before triggers and rules are there, and of PostgreSQL's own types alone: nothing of the source is called.
SET client_min_messages = error;
SELECT format('UPDATE ONLY %s SET is_locked = 0 WHERE is_locked <> 0 RETURNING %L', c.oid::regclass,
              format('%s: %s was left locked by a hub that was killed; the copy is unlocked', to_json(current_database()), c.oid::regclass))
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relname LIKE '%knex_migrations_lock' AND c.relkind = 'r' AND a.attname = 'is_locked' AND a.attgenerated = ''
  AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype) \gexec
