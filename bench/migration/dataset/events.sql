-- The event bus (plugin-events-backend).
CREATE TABLE event_bus_events (
  id bigserial PRIMARY KEY, created_by text NOT NULL, created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, topic text NOT NULL,
  data_json text NOT NULL, notified_subscribers text[]
);
CREATE INDEX event_bus_events_topic_idx ON event_bus_events (topic);
CREATE TABLE event_bus_subscriptions (
  id varchar(255) PRIMARY KEY, created_by text NOT NULL, created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, read_until bigint NOT NULL, topics text[]
);
INSERT INTO event_bus_events (created_by, created_at, topic, data_json, notified_subscribers)
  SELECT 'plugin:events', '2025-05-01Z'::timestamptz + g * interval '1 s', 'github.' || pg_temp.pick(g, 1, 12),
    json_build_object('payload', json_build_object('ref', 'refs/heads/main', 'after', md5(g::text), 'repository', 'repository-' || pg_temp.pick(g, 2, 5000), 'message', pg_temp.prose(g, 3, 60)))::text,
    ARRAY['catalog', 'signals']
  FROM generate_series(1, (:scale * 50000)::bigint) g ORDER BY g;
