-- Tasks of templates and their logs (plugin-scaffolder-backend).
CREATE TABLE tasks (
  id uuid PRIMARY KEY, spec text NOT NULL, status text NOT NULL, created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, last_heartbeat_at timestamptz,
  secrets text, created_by text, state text, workspace bytea, template_owner text
);
CREATE TABLE task_events (
  id bigserial PRIMARY KEY, task_id uuid NOT NULL, body text NOT NULL, event_type text NOT NULL, created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO tasks
  SELECT pg_temp.id('task', g), json_build_object('apiVersion', 'scaffolder.backstage.io/v1beta3', 'steps', (SELECT json_agg(json_build_object('id', 'step' || step, 'action', 'fetch:template', 'input', pg_temp.prose(g * 10 + step, 1, 20))) FROM generate_series(1, 6) step), 'parameters', json_build_object('name', 'service-' || g, 'text', pg_temp.prose(g, 2, 60)))::text,
    'completed', '2025-05-01Z'::timestamptz + g * interval '1 min', NULL, NULL, 'user:default/user-' || pg_temp.pick(g, 3, 3000), NULL, NULL, NULL
  FROM generate_series(1, (:scale * 6000)::bigint) g ORDER BY g;
INSERT INTO task_events (task_id, body, event_type, created_at)
  SELECT pg_temp.id('task', g), json_build_object('message', pg_temp.prose(g * 100 + line, 4, 12), 'stepId', 'step' || line % 6, 'status', 'processing')::text, 'log', '2025-05-01Z'::timestamptz + g * interval '1 min' + line * interval '1 s'
  FROM generate_series(1, (:scale * 6000)::bigint) g, generate_series(1, 30) line ORDER BY g, line;
ALTER TABLE task_events ADD CONSTRAINT task_events_task_id_foreign FOREIGN KEY (task_id) REFERENCES tasks (id) ON DELETE CASCADE;
CREATE INDEX task_events_task_id_idx ON task_events (task_id);
