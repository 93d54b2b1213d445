-- Notifications of users (plugin-notifications-backend).
CREATE TABLE notification (
  id uuid PRIMARY KEY, "user" varchar(255) NOT NULL, title varchar(255) NOT NULL, description text, severity varchar(8) NOT NULL, link text,
  origin varchar(255) NOT NULL, scope varchar(255), topic varchar(255), created timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated timestamptz, read timestamptz, saved timestamptz, icon varchar(255)
);
CREATE TABLE user_settings ("user" varchar(255) NOT NULL, channel varchar(255) NOT NULL, origin varchar(255) NOT NULL, enabled boolean NOT NULL DEFAULT true, topic varchar(255));
INSERT INTO notification
  SELECT pg_temp.id('notification', g), 'user:default/user-' || pg_temp.pick(g, 1, 3000), pg_temp.prose(g, 2, 6), pg_temp.prose(g, 3, 20), 'normal',
    '/orchestrator/instances/' || md5(g::text), 'plugin:orchestrator', 'scope-' || pg_temp.pick(g, 4, 20000), 'workflow', '2025-05-01Z'::timestamptz + g * interval '1 s',
    NULL, CASE WHEN g % 3 = 0 THEN '2025-06-01Z'::timestamptz END, NULL, NULL
  FROM generate_series(1, (:scale * 120000)::bigint) g ORDER BY g;
CREATE INDEX notification_user_idx ON notification ("user");
CREATE INDEX notification_scope_origin_idx ON notification (scope, origin);
CREATE UNIQUE INDEX user_settings_unique_idx ON user_settings ("user", channel, origin, topic);
