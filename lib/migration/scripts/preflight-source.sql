-- Findings at the source. FACTS is the file with the facts of its databases.
\set facts `cat "$FACTS"`
WITH database AS (
  SELECT * FROM json_to_recordset(:'facts') AS _ (name text, tables bigint)
), found (level, code, text) AS (
  SELECT 'refuses', 'source/standby', 'The source is a standby, which cannot be made read-only by itself: give the address of the primary.' WHERE pg_is_in_recovery()
  UNION ALL
  SELECT 'refuses', 'source/prepared-transaction',
         format('Transaction %s is prepared in database %s of the source and neither committed nor rolled back; end it first.', to_json(p.gid), p.database)
  FROM pg_prepared_xacts p JOIN database ON name = p.database
  UNION ALL
  SELECT 'refuses', 'source/locks',
         format('Database %s of the source has %s tables, and pg_dump locks them all at once: set max_locks_per_transaction (now %s) to %s and restart the source.',
                name, tables, current_setting('max_locks_per_transaction'), ceil(tables * 2.5 / places.backends))
  FROM database, (SELECT current_setting('max_connections')::int + current_setting('max_prepared_transactions')::int) AS places (backends)
  WHERE tables * 2 > current_setting('max_locks_per_transaction')::int * places.backends
)
SELECT json_build_object('level', level, 'code', code, 'text', text) FROM found;
