-- Of the target database it is connected to: a line for each table that was written to since the proof; of a database
-- that was made since, for each table with rows.
SELECT to_regclass('cdk8s_rhdh.move') IS NOT NULL AS marked \gset
\set counters {}
\if :marked
  -- Of databases that share this one, the first that was proven knows the counters from which on writes are others'.
  SELECT coalesce(jsonb_object_agg(key, value ORDER BY proven_at DESC), '{}') AS counters FROM cdk8s_rhdh.move, jsonb_each(counters) \gset
\endif
SELECT json_build_object('database', current_database(), 'table', concat(relid::regclass), 'inserted', inserted, 'updated', updated, 'deleted', deleted)
FROM (
  SELECT relid, n_tup_ins - coalesce((before ->> 0)::bigint, 0), n_tup_upd - coalesce((before ->> 1)::bigint, 0),
         n_tup_del - coalesce((before ->> 2)::bigint, 0)
  FROM pg_stat_user_tables, LATERAL (SELECT :'counters'::jsonb -> concat(relid)) AS _ (before)
  WHERE schemaname <> 'cdk8s_rhdh'
) AS since (relid, inserted, updated, deleted)
WHERE inserted > 0 OR updated > 0 OR deleted > 0
ORDER BY inserted + updated + deleted DESC, concat(relid::regclass);

SELECT format('{"level": "notes", "code": "target/counters", "text": %s}', to_json(format(
         'The statistics of database %s of the target were reset since the proof: what was written before that is not counted.', current_database())))
WHERE EXISTS (SELECT FROM pg_stat_user_tables, LATERAL (SELECT :'counters'::jsonb -> concat(relid)) AS _ (before)
              WHERE n_tup_ins < (before ->> 0)::bigint OR n_tup_upd < (before ->> 1)::bigint OR n_tup_del < (before ->> 2)::bigint);
