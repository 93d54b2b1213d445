-- Of a target that was proven: when, what the source was like then, whether the target is still as it was, and whether
-- others are connected to it or to another of the move. FACTS is the file with the facts of the source's databases.
\set facts `cat "$FACTS"`
\set fingerprint `cat "$SCRIPTS/write-fingerprint.sql"`
SELECT to_char(proven_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'), source_fingerprint, target_fingerprint = (:fingerprint),
       EXISTS (SELECT FROM pg_stat_activity WHERE datname IN (SELECT target FROM json_to_recordset(:'facts') AS _ (target text))
                 AND usesysid IS NOT NULL AND coalesce(application_name, '') NOT LIKE 'cdk8s-rhdh-move %')
FROM cdk8s_rhdh.move WHERE source_database = :'source';
