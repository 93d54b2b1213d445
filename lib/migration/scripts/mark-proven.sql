-- What was copied is proven. The counters of its tables are kept: what is written from now on is counted from here; and
-- the prints of both sides tell whether one of them lives on. `:print` is print.sql.
UPDATE cdk8s_rhdh.move
SET state = 'proven', proven_at = now(), source_print = :'source_print', target_print = (:print),
    counters = (SELECT jsonb_object_agg(relid::text, jsonb_build_array(n_tup_ins, n_tup_upd, n_tup_del)) FROM pg_stat_user_tables)
WHERE source_database = :'source';
