-- Says in the target whose copy it is to be, before anything else is in it; `:given` is what its administrator put in it.
-- All at once: a schema without the mark would be somebody's.
SET client_min_messages = warning;
BEGIN;
CREATE SCHEMA IF NOT EXISTS cdk8s_rhdh;
CREATE TABLE IF NOT EXISTS cdk8s_rhdh.move (
  source_system numeric NOT NULL,
  source_database text NOT NULL,
  source_address text NOT NULL,
  created boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('copying', 'proven')),
  started_at timestamptz NOT NULL DEFAULT now(),
  proven_at timestamptz,
  given jsonb NOT NULL,
  counters jsonb,
  source_fingerprint text,
  target_fingerprint text
);
WITH earlier AS (
  DELETE FROM cdk8s_rhdh.move WHERE source_database = :'source' RETURNING given
)
INSERT INTO cdk8s_rhdh.move (source_system, source_database, source_address, created, state, given)
SELECT :'identity', :'source', :'address', :'created', 'copying', coalesce(nullif(:'given', '')::jsonb, given, '[]')
FROM (SELECT) AS _ LEFT JOIN earlier ON true;
COMMIT;
