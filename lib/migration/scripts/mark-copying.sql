-- Says in the target whose copy it is to be, before anything else is in it.
SET client_min_messages = warning;
CREATE SCHEMA IF NOT EXISTS cdk8s_rhdh;
CREATE TABLE IF NOT EXISTS cdk8s_rhdh.move (
  source_system numeric NOT NULL,
  source_database text NOT NULL,
  source_address text NOT NULL,
  created boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('copying', 'proven')),
  started_at timestamptz NOT NULL DEFAULT now(),
  proven_at timestamptz,
  counters jsonb,
  source_fingerprint text,
  target_fingerprint text
);
BEGIN;
DELETE FROM cdk8s_rhdh.move WHERE source_database = :'source';
INSERT INTO cdk8s_rhdh.move (source_system, source_database, source_address, created, state)
VALUES (:'identity', :'source', :'address', :'created', 'copying');
COMMIT;
