-- A lock that a killed hub left behind would stop the next start of Backstage ("Migration table is already locked").
SET client_min_messages = error;
SELECT format('UPDATE %s SET is_locked = 0 WHERE is_locked <> 0 RETURNING %L', c.oid::regclass,
              format('%s: %s was left locked by a hub that was killed; the copy is unlocked', to_json(current_database()), c.oid::regclass))
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relname LIKE '%knex_migrations_lock' AND c.relkind = 'r' AND a.attname = 'is_locked' \gexec
-- Big tables were analyzed when they were copied, except for what their indexes compute.
SELECT format('ANALYZE %s', string_agg(c.oid::regclass::text, ', '))
FROM pg_class c LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
WHERE c.relkind IN ('r', 'm', 'p') AND c.relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname LIKE 'pg\_%' OR nspname = 'information_schema')
  AND (s.last_analyze IS NULL OR EXISTS (SELECT FROM pg_index WHERE indrelid = c.oid AND indexprs IS NOT NULL))
HAVING count(*) > 0 \gexec
