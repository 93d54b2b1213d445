-- What workflows leave in the tables of the data index and of the jobs service: definitions, 4,000 instances with their
-- variables and nodes, user tasks, timers that wait, that are done and that failed. Variables `data_index` and
-- `jobs_service` name the schemas.
SET TimeZone = 'UTC';
SET search_path TO :"data_index";

INSERT INTO definitions (id, version, name, type, source, endpoint, description, metadata)
SELECT id, version, initcap(id), 'SW', convert_to(format(E'id: %s\nversion: "%s"\nstart: begin\n# größer → ✓\n', id, version), 'UTF8'),
  'http://' || id || '.rhdh', 'Workflow ' || id, jsonb_build_object('Tags', 'infrastructure', 'Description', 'über "' || id || '"')
FROM unnest(ARRAY['greeting', 'user-onboarding', 'escalation', 'create-ocp-project']) AS id, unnest(ARRAY['1.0', '1.1']) AS version;
INSERT INTO definitions_addons SELECT id, version, unnest(ARRAY['jobs-management', 'source-files', 'persistence']) FROM definitions;
INSERT INTO definitions_roles SELECT id, version, 'admin' FROM definitions;
INSERT INTO definitions_annotations (annotation, process_id, process_version) SELECT 'workflow-type/infrastructure', id, version FROM definitions;
INSERT INTO definitions_nodes (id, name, unique_id, type, process_id, process_version)
SELECT n::text, (ARRAY['Start', 'Ask', 'Wait', 'Call', 'Notify', 'End'])[n], n::text,
  (ARRAY['StartNode', 'CompositeContextNode', 'TimerNode', 'WorkItemNode', 'ActionNode', 'EndNode'])[n], id, version
FROM definitions, generate_series(1, 6) AS n;
INSERT INTO definitions_nodes_metadata (node_id, process_id, process_version, name, meta_value)
SELECT id, process_id, process_version, 'UniqueId', '_jbpm-unique-' || id FROM definitions_nodes;

CREATE TEMP TABLE instance AS
SELECT n, md5('instance ' || n)::uuid::text AS id, d.id AS process_id, d.version,
  timestamp '2025-01-01 08:00:00.123456' + n * interval '97.531 minutes' AS started, (ARRAY[1, 2, 2, 2, 2, 3, 5])[n % 7 + 1] AS state
FROM generate_series(1, 4000) AS n JOIN (SELECT row_number() OVER (ORDER BY id, version) AS d, * FROM definitions) AS d ON d.d = n % 8 + 1;
-- States of Kogito: 1 active, 2 completed, 3 aborted, 5 in error.
INSERT INTO processes (id, business_key, end_time, endpoint, message, node_definition_id, last_update_time, process_id, process_name, root_process_id,
  root_process_instance_id, parent_process_instance_id, start_time, state, variables, version, created_by, updated_by, sla_due_date)
SELECT id, CASE n % 3 WHEN 0 THEN 'key ' || n END, CASE WHEN state IN (2, 3) THEN started + interval '3 minutes' END, 'http://' || process_id || '.rhdh/' || process_id,
  CASE state WHEN 5 THEN 'java.net.ConnectException: Connection refused' || repeat(E'\n\tat io.quarkus.Thread.run(Thread.java)', n % 300) END,
  CASE state WHEN 5 THEN '4' END, started + interval '3 minutes', process_id, initcap(process_id), NULL, NULL,
  CASE n % 11 WHEN 0 THEN md5('instance ' || n - 1)::uuid::text END, started, state,
  jsonb_build_object('workflowdata', jsonb_build_object('name', 'Zoë "' || n || '" \ 日本', 'amount', n / 7::numeric, 'tiny', 1e-30, 'flags', jsonb_build_array(true, null, n),
    'nested', jsonb_build_object('log', repeat('line of a log; ', n % 120))), 'initiatorEntity', 'user:default/guest'),
  version, 'guest', CASE n % 2 WHEN 0 THEN 'admin' END, started + interval '1 day'
FROM instance;
INSERT INTO processes_addons SELECT id, unnest(ARRAY['jobs-management', 'persistence']) FROM instance;
INSERT INTO processes_roles SELECT id, 'admin' FROM instance WHERE n % 5 = 0;
INSERT INTO nodes (id, definition_id, enter, exit, name, node_id, type, process_instance_id, sla_due_date, retrigger, error_message)
SELECT md5(id || step)::uuid::text, step::text, started + step * interval '1 second', CASE WHEN state <> 1 OR step < 3 THEN started + step * interval '1.000001 seconds' END,
  (ARRAY['Start', 'Ask', 'Wait', 'Call', 'Notify', 'End'])[step], step::text, 'ActionNode', id, NULL, step = 4 AND state = 5, CASE WHEN step = 4 AND state = 5 THEN 'refused' END
FROM instance, generate_series(1, CASE WHEN state = 1 THEN 3 WHEN state = 5 THEN 4 ELSE 6 END) AS step;
INSERT INTO milestones SELECT 'asked', id, 'Asked', 'COMPLETED' FROM instance WHERE n % 9 = 0;
INSERT INTO jobs (id, callback_endpoint, endpoint, execution_counter, expiration_time, last_update, node_instance_id, priority, process_id, process_instance_id, repeat_interval, repeat_limit, retries, status)
SELECT md5('job ' || n)::uuid::text, 'http://' || process_id || '.rhdh/management/jobs/' || process_id, 'http://jobs-service.rhdh/jobs', 0, started + interval '30 days', started,
  md5(id || 3)::uuid::text, 0, process_id, id, NULL, 0, 0, 'SCHEDULED' FROM instance WHERE state = 1;
INSERT INTO tasks (id, actual_owner, description, inputs, last_update, name, outputs, priority, process_id, process_instance_id, reference_name, started, state, external_reference_id)
SELECT md5('task ' || n)::uuid::text, CASE n % 2 WHEN 0 THEN 'guest' END, 'Approve?', '{"amount": 10.50, "Skippable": "true"}', started, 'Approve', NULL, '1', process_id, id, 'approve', started, 'Ready', NULL
FROM instance WHERE n % 20 = 0;
INSERT INTO tasks_potential_users SELECT id, unnest(ARRAY['jdoe', 'zoë']) FROM tasks;
INSERT INTO tasks_potential_groups SELECT id, 'managers' FROM tasks;
INSERT INTO tasks_admin_users SELECT id, 'root' FROM tasks;
INSERT INTO tasks_admin_groups SELECT id, 'admins' FROM tasks;
INSERT INTO tasks_excluded_users SELECT id, 'mallory' FROM tasks;
INSERT INTO comments SELECT md5('comment ' || id), E'first line\nsecond ✓', started, 'jdoe', id FROM tasks;
INSERT INTO attachments SELECT md5('attachment ' || id), 'https://example.com/a?b=c&d=%20', 'quote.pdf', started, 'jdoe', id FROM tasks;
INSERT INTO kogito_data_cache (var_name, cache_name, json_value) SELECT id, 'processes', to_jsonb(endpoint) FROM definitions WHERE version = '1.1';

SET search_path TO :"jobs_service";
INSERT INTO job_details (id, correlation_id, status, last_update, retries, execution_counter, priority, recipient, trigger, fire_time, execution_timeout, execution_timeout_unit, created)
SELECT md5('job ' || n)::uuid::text, md5('job ' || n)::uuid::text, CASE n % 50 WHEN 0 THEN 'RETRY' ELSE 'SCHEDULED' END, started::timestamptz, n % 3, n % 2, 0,
  jsonb_build_object('url', 'http://' || process_id || '.rhdh/management/jobs/' || process_id || '/instances/' || id || '/timers/-1', 'type', 'http', 'method', 'POST',
    'headers', jsonb_build_object('processId', process_id, 'processInstanceId', id), 'payload', NULL, 'queryParams', '{}'::jsonb, 'classType', 'org.kie.kogito.jobs.service.api.recipient.http.HttpRecipient'),
  jsonb_build_object('nextFireTime', (extract(epoch FROM started) * 1000)::bigint + 2592000000, 'classType', 'org.kie.kogito.timer.impl.SimpleTimerTrigger'),
  started::timestamptz + interval '30 days', 10000, 'MILLIS', started::timestamptz
FROM instance WHERE state = 1;
INSERT INTO job_details_v1 (id, correlation_id, status, last_update, retries, execution_counter, payload, type, priority, recipient, trigger)
SELECT md5('old job ' || n), NULL, (enum_range(NULL::job_status))[n % 5 + 1], '2023-06-01Z', 0, 1, NULL, 'HTTP', 0, '{"endpoint": "http://greeting"}', '{"nextFireTime": 1685577600000}' FROM generate_series(1, 50) AS n;
INSERT INTO job_service_management VALUES ('kogito-jobs-service-leader', '2025-11-01 10:00:00.5Z', md5('token')::uuid::text);
