-- What the hub puts into the database of every plugin, and words for the plugin's own rows.
CREATE TABLE knex_migrations (
  id serial PRIMARY KEY,
  name varchar(255),
  batch integer,
  migration_time timestamptz
);
CREATE TABLE knex_migrations_lock (index serial PRIMARY KEY, is_locked integer);
INSERT INTO knex_migrations (name, batch, migration_time)
  SELECT format('2024%s_migration.js', lpad(g::text, 10, '0')), 1, '2024-05-01Z'::timestamptz + g * interval '1 s'
  FROM generate_series(1, 20) g;
INSERT INTO knex_migrations_lock (is_locked) VALUES (0);

CREATE TABLE backstage_backend_tasks__knex_migrations (LIKE knex_migrations INCLUDING ALL);
CREATE TABLE backstage_backend_tasks__tasks (
  id varchar(255) PRIMARY KEY,
  settings_json text NOT NULL,
  next_run_start_at timestamptz,
  current_run_ticket text,
  current_run_started_at timestamptz,
  current_run_expires_at timestamptz
);
INSERT INTO backstage_backend_tasks__tasks (id, settings_json, next_run_start_at)
  SELECT 'task-' || g, '{"version":2,"cadence":"PT30M","timeoutAfterDuration":"PT15M"}', '2025-05-01Z'
  FROM generate_series(1, 5) g;

-- The same number for the same row in every run, without the order in which a server computes rows.
CREATE FUNCTION pg_temp.pick(row_number bigint, salt integer, choices integer) RETURNS integer
  LANGUAGE sql IMMUTABLE
  RETURN ((hashint8extended(row_number, salt) & 2147483647) % choices)::integer;

CREATE FUNCTION pg_temp.id(kind text, row_number bigint) RETURNS uuid
  LANGUAGE sql IMMUTABLE
  RETURN md5(kind || row_number)::uuid;

-- Text of prose's compressibility: words of a vocabulary of 4,000, the first ones more often.
CREATE FUNCTION pg_temp.prose(row_number bigint, salt integer, words integer) RETURNS text
  LANGUAGE sql IMMUTABLE
  RETURN (
    SELECT string_agg(
      translate(left(md5((power(pg_temp.pick(row_number * 1000 + word, salt, 4000), 2) / 4000)::integer::text), 4 + word % 5),
        '0123456789', 'aeioulnrst'),
      ' ')
    FROM generate_series(1, words) word
  );
