-- Sessions and users (plugin-auth-backend).
CREATE TABLE signing_keys (kid varchar(255) PRIMARY KEY, created_at timestamptz NOT NULL, key text NOT NULL);
CREATE TABLE sessions (sid varchar(255) PRIMARY KEY, sess text NOT NULL, expired timestamptz NOT NULL);
CREATE INDEX sessions_sid_idx ON sessions (sid);
CREATE INDEX sessions_expired_idx ON sessions (expired);
CREATE TABLE user_info (
  user_entity_ref varchar(255) PRIMARY KEY, user_info text NOT NULL, created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz NOT NULL
);
INSERT INTO signing_keys SELECT pg_temp.id('key', g)::text, '2025-05-01Z', repeat(md5(g::text), 12) FROM generate_series(1, 20) g;
INSERT INTO sessions
  SELECT md5('session' || g), json_build_object('cookie', json_build_object('path', '/', 'httpOnly', true), 'oauth2', md5(g::text), 'state', repeat(md5(g || 's'), 8))::text,
    '2025-05-01Z'::timestamptz + g * interval '30 s'
  FROM generate_series(1, (:scale * 40000)::bigint) g ORDER BY g;
INSERT INTO user_info
  SELECT 'user:default/user-' || g, json_build_object('claims', json_build_object('sub', 'user:default/user-' || g, 'ent', pg_temp.prose(g, 1, 12)))::text, '2025-01-01Z', '2025-05-01Z'
  FROM generate_series(1, (:scale * 3000)::bigint) g ORDER BY g;
