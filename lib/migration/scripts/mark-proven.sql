-- What was copied is proven. The counters of its tables are kept: what is written from now on is counted from here; and
-- the fingerprints of both sides tell whether one of them lives on. `:fingerprint` is write-fingerprint.sql.
UPDATE cdk8s_rhdh.move
SET state = 'proven', proven_at = now(), source_fingerprint = :'source_fingerprint', target_fingerprint = (:fingerprint),
    counters = (SELECT jsonb_object_agg(concat(relid), jsonb_build_array(n_tup_ins, n_tup_upd, n_tup_del)) FROM pg_stat_user_tables)
WHERE source_database = :'source';
