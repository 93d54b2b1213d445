-- Workflow data: the main tables of Kogito's Data Index and of its Jobs Service, in the schemas of the operator.
SELECT (:scale * 30000)::bigint AS instances \gset
CREATE SCHEMA "sonataflow-platform-data-index-service";
CREATE SCHEMA "sonataflow-platform-jobs-service";

SET search_path = "sonataflow-platform-data-index-service";
CREATE TABLE definitions (
  id varchar(255), version varchar(255), name varchar(255), description text, type varchar(255), endpoint varchar(255),
  source bytea,
  PRIMARY KEY (id, version)
);
CREATE TABLE processes (
  id varchar(255), business_key varchar(255), created_by varchar(255), end_time timestamp, endpoint varchar(255),
  last_update_time timestamp, message text, node_definition_id varchar(255), parent_process_instance_id varchar(255),
  process_id varchar(255), process_name varchar(255), root_process_id varchar(255), root_process_instance_id varchar(255),
  start_time timestamp, state integer, updated_by varchar(255), variables jsonb, version varchar(255)
);
CREATE TABLE nodes (
  id varchar(255), definition_id varchar(255), enter timestamp, exit timestamp, name varchar(255), node_id varchar(255),
  type varchar(255), process_instance_id varchar(255) NOT NULL, sla_due_date timestamp, retrigger boolean,
  error_message varchar(255)
);
CREATE TABLE processes_addons (process_id varchar(255) NOT NULL, addon varchar(255) NOT NULL);
CREATE TABLE jobs (
  id varchar(255), callback_endpoint varchar(255), endpoint varchar(255), execution_counter integer, expiration_time timestamp,
  last_update timestamp, node_instance_id varchar(255), priority integer, process_id varchar(255),
  process_instance_id varchar(255), repeat_interval bigint, repeat_limit integer, retries integer, scheduled_id varchar(255),
  status varchar(255)
);
INSERT INTO definitions
  SELECT 'workflow-' || g, '1.0', pg_temp.prose(g, 1, 3), pg_temp.prose(g, 2, 20), 'SW', 'http://workflow-' || g,
    convert_to(pg_temp.prose(g, 3, 900), 'UTF8')
  FROM generate_series(1, 60) g;
INSERT INTO processes
  SELECT pg_temp.id('process', g)::text, 'order-' || g, 'user:default/user-' || pg_temp.pick(g, 4, 3000),
    started + interval '40 s', 'http://workflow-' || g % 60, started + interval '40 s', NULL, NULL, NULL,
    'workflow-' || g % 60, 'Workflow ' || g % 60, NULL, NULL, started, 2, NULL,
    jsonb_build_object('workflowdata', jsonb_build_object(
      'request', jsonb_build_object('id', g, 'reason', pg_temp.prose(g, 5, 25), 'repository', md5(g::text)),
      'responses', (SELECT jsonb_agg(jsonb_build_object('step', step, 'status', 200, 'trace', md5(g || '/' || step), 'message', pg_temp.prose(g * 10 + step, 6, 8)))
        FROM generate_series(1, 8) step))), '1.0'
  FROM (SELECT g, '2025-01-01'::timestamp + g * interval '5 min' AS started FROM generate_series(1, :instances) g) instance
  ORDER BY g;
INSERT INTO nodes
  SELECT pg_temp.id('node ' || step || ' of ', g)::text, 'node-' || step, '2025-01-01'::timestamp + g * interval '5 min' + step * interval '2 s',
    '2025-01-01'::timestamp + g * interval '5 min' + step * interval '2 s' + interval '900 ms',
    (ARRAY['Start', 'Split', 'callService', 'Join', 'waitForApproval', 'notify', 'End'])[step % 7 + 1], step::text,
    (ARRAY['StartNode', 'Split', 'WorkItemNode', 'Join', 'EventNode', 'ActionNode', 'EndNode'])[step % 7 + 1],
    pg_temp.id('process', g)::text, NULL, false, NULL
  FROM generate_series(1, :instances) g, generate_series(1, 18) step
  ORDER BY g, step;
INSERT INTO processes_addons
  SELECT pg_temp.id('process', g)::text, addon
  FROM generate_series(1, :instances) g, unnest(ARRAY['jobs-knative-eventing', 'process-management', 'source-files']) addon
  ORDER BY g;
INSERT INTO jobs
  SELECT pg_temp.id('job', g)::text, 'http://workflow/callback/' || g, NULL, 1, '2025-06-01'::timestamp + g * interval '1 min',
    '2025-05-01', pg_temp.id('node 4 of ', g)::text, 0, 'workflow-' || g % 60, pg_temp.id('process', g)::text, NULL, NULL, 0, NULL, 'EXECUTED'
  FROM generate_series(1, :instances, 2) g
  ORDER BY g;
ALTER TABLE processes ADD PRIMARY KEY (id);
CREATE INDEX idx_processes_process_id ON processes (process_id);
ALTER TABLE nodes ADD PRIMARY KEY (id);
ALTER TABLE nodes ADD CONSTRAINT fk_nodes_process FOREIGN KEY (process_instance_id) REFERENCES processes ON DELETE CASCADE;
CREATE INDEX idx_nodes_process_instance_id ON nodes (process_instance_id);
ALTER TABLE processes_addons ADD PRIMARY KEY (process_id, addon);
ALTER TABLE processes_addons ADD CONSTRAINT fk_processes_addons_processes FOREIGN KEY (process_id) REFERENCES processes ON DELETE CASCADE;
ALTER TABLE jobs ADD PRIMARY KEY (id);

SET search_path = "sonataflow-platform-jobs-service";
CREATE TABLE job_details (
  id varchar(50) PRIMARY KEY, correlation_id varchar(50), status varchar(40), last_update timestamptz, retries integer,
  execution_counter integer, scheduled_id varchar(40), priority integer, recipient jsonb, trigger jsonb,
  fire_time timestamptz, execution_timeout bigint, execution_timeout_unit varchar(40), created timestamptz
);
CREATE INDEX job_details_fire_time_idx ON job_details (fire_time);
INSERT INTO job_details
  SELECT pg_temp.id('job', g)::text, pg_temp.id('job', g)::text, 'SCHEDULED', '2025-05-01Z', 0, 0, NULL, 0,
    jsonb_build_object('type', 'http', 'url', 'http://workflow/callback/' || g, 'method', 'POST', 'headers', jsonb_build_object('processInstanceId', pg_temp.id('process', g))),
    jsonb_build_object('nextFireTime', 1750000000 + g, 'classType', 'PointInTimeTrigger'), '2025-06-01Z'::timestamptz + g * interval '1 min',
    NULL, NULL, '2025-05-01Z'
  FROM generate_series(1, :instances, 2) g
  ORDER BY g;
RESET search_path;
