-- The catalog of a hub with :entities entities: tables, indexes and constraints of plugin-catalog-backend 3 (RHDH 1.8).
SELECT (:scale * 95000)::bigint AS entities \gset

CREATE TABLE refresh_state (
  entity_id varchar(255) NOT NULL,
  entity_ref varchar(255) NOT NULL,
  unprocessed_entity text NOT NULL,
  unprocessed_hash text,
  processed_entity text,
  result_hash text,
  cache text,
  errors text NOT NULL,
  next_update_at timestamptz NOT NULL,
  last_discovery_at timestamptz NOT NULL,
  location_key text,
  next_stitch_at timestamptz,
  next_stitch_ticket varchar(255)
);
COMMENT ON TABLE refresh_state IS 'Location refresh states';
CREATE TABLE final_entities (
  entity_id varchar(255) NOT NULL,
  hash varchar(255) NOT NULL,
  stitch_ticket text NOT NULL,
  final_entity text,
  last_updated_at timestamptz,
  entity_ref varchar(255) NOT NULL
);
CREATE TABLE refresh_state_references (
  id bigserial,
  source_key text,
  source_entity_ref text,
  target_entity_ref text NOT NULL
);
CREATE TABLE relations (
  originating_entity_id varchar(255) NOT NULL,
  source_entity_ref varchar(255) NOT NULL,
  type varchar(255) NOT NULL,
  target_entity_ref varchar(255) NOT NULL
);
CREATE TABLE refresh_keys (entity_id varchar(255) NOT NULL, key varchar(255) NOT NULL);
CREATE TABLE search (
  entity_id varchar(255),
  key varchar(255) NOT NULL,
  value varchar(255),
  original_value varchar(255)
);
COMMENT ON TABLE search IS 'Flattened key-values from the entities, for filtering';
CREATE TABLE locations (id uuid, type varchar(255) NOT NULL, target text NOT NULL);

CREATE TEMPORARY TABLE entity AS
  SELECT g AS number, pg_temp.id('entity', g)::text AS id,
    (ARRAY['component', 'component', 'component', 'api', 'resource', 'user', 'group', 'system', 'location', 'template'])[g % 10 + 1] AS kind,
    format('%s-%s', (ARRAY['payments', 'orders', 'billing', 'search', 'identity', 'ledger', 'shipping'])[pg_temp.pick(g, 1, 7) + 1], g) AS name,
    (ARRAY['service', 'website', 'library', 'openapi', 'database', 'tool'])[pg_temp.pick(g, 2, 6) + 1] AS type,
    (ARRAY['production', 'experimental', 'deprecated'])[pg_temp.pick(g, 3, 3) + 1] AS lifecycle,
    'team-' || pg_temp.pick(g, 4, 400) AS owner,
    'system-' || pg_temp.pick(g, 5, 900) AS system,
    'https://git.example.com/' || pg_temp.pick(g, 6, 300) || '/repository-' || g AS repository,
    pg_temp.prose(g, 7, 14) AS description
  FROM generate_series(1, :entities) g;
ALTER TABLE entity ADD ref text GENERATED ALWAYS AS (kind || ':default/' || name) STORED;

CREATE TEMPORARY TABLE document AS
  SELECT number, json_build_object(
    'apiVersion', 'backstage.io/v1alpha1', 'kind', initcap(kind),
    'metadata', json_build_object(
      'namespace', 'default', 'name', name, 'title', initcap(replace(name, '-', ' ')), 'description', description,
      'annotations', json_build_object(
        'backstage.io/managed-by-location', 'url:' || repository || '/blob/main/catalog-info.yaml',
        'backstage.io/managed-by-origin-location', 'url:' || repository || '/blob/main/catalog-info.yaml',
        'backstage.io/view-url', repository || '/blob/main/catalog-info.yaml',
        'backstage.io/source-location', 'url:' || repository || '/tree/main/',
        'backstage.io/techdocs-ref', 'dir:.', 'backstage.io/kubernetes-id', name,
        'sonarqube.org/project-key', md5(name), 'argocd/app-name', name),
      'labels', json_build_object('tier', number % 4, 'cost-centre', 'cc-' || pg_temp.pick(number, 8, 60)),
      'tags', json_build_array(type, lifecycle, 'tag-' || pg_temp.pick(number, 9, 150)),
      'links', json_build_array(json_build_object('url', repository || '/wiki', 'title', 'Runbook', 'icon', 'docs'))),
    'spec', json_build_object('type', type, 'lifecycle', lifecycle, 'owner', 'group:default/' || owner, 'system', system,
      'dependsOn', json_build_array('component:default/orders-' || pg_temp.pick(number, 10, 95000),
        'resource:default/ledger-' || pg_temp.pick(number, 11, 95000))))::text AS json
  FROM entity;

INSERT INTO refresh_state
  SELECT id, ref, json, md5(json), left(json, -1) || ',"relations":[]}', md5(json || 'result'),
    json_build_object('ttl', 5, 'etag', md5(json))::text, '[]',
    '2025-05-01Z'::timestamptz + pg_temp.pick(number, 12, 7200) * interval '1 s',
    '2025-05-01Z'::timestamptz + pg_temp.pick(number, 13, 7200) * interval '1 s',
    'url:' || repository || '/blob/main/catalog-info.yaml'
  FROM entity JOIN document USING (number) ORDER BY number;
INSERT INTO final_entities
  SELECT id, md5(json), '', left(json, -1) || format(',"relations":[{"type":"ownedBy","targetRef":"group:default/%s"},{"type":"partOf","targetRef":"system:default/%s"}]}', owner, system),
    '2025-05-01Z', ref
  FROM entity JOIN document USING (number) ORDER BY number;
INSERT INTO refresh_state_references (source_key, target_entity_ref)
  SELECT 'provider:' || number % 5, ref FROM entity ORDER BY number;
INSERT INTO relations
  SELECT id, ref, relation.type, target
  FROM entity, LATERAL (VALUES
    ('ownedBy', 'group:default/' || owner),
    ('partOf', 'system:default/' || system),
    ('dependsOn', 'component:default/orders-' || pg_temp.pick(number, 10, 95000)),
    ('dependsOn', 'resource:default/ledger-' || pg_temp.pick(number, 11, 95000))) relation (type, target)
  ORDER BY number;
INSERT INTO refresh_keys
  SELECT id, 'url:' || repository || '/blob/main/catalog-info.yaml' FROM entity ORDER BY number;
-- Rows of an entity are written together when it is stitched, and identifiers are random: no index has the table's order.
INSERT INTO search
  SELECT id, key, lower(value), value
  FROM entity, LATERAL (VALUES
    ('kind', initcap(kind)),
    ('metadata.uid', id),
    ('metadata.namespace', 'default'),
    ('metadata.name', name),
    ('metadata.title', initcap(replace(name, '-', ' '))),
    ('metadata.description', description),
    ('metadata.etag', md5(id)),
    ('metadata.annotations.backstage.io/managed-by-location', 'url:' || repository || '/blob/main/catalog-info.yaml'),
    ('metadata.annotations.backstage.io/managed-by-origin-location', 'url:' || repository || '/blob/main/catalog-info.yaml'),
    ('metadata.annotations.backstage.io/view-url', repository || '/blob/main/catalog-info.yaml'),
    ('metadata.annotations.backstage.io/edit-url', repository || '/edit/main/catalog-info.yaml'),
    ('metadata.annotations.backstage.io/source-location', 'url:' || repository || '/tree/main/'),
    ('metadata.annotations.backstage.io/techdocs-ref', 'dir:.'),
    ('metadata.annotations.backstage.io/kubernetes-id', name),
    ('metadata.annotations.sonarqube.org/project-key', md5(name)),
    ('metadata.annotations.argocd/app-name', name),
    ('metadata.labels.tier', (number % 4)::text),
    ('metadata.labels.cost-centre', 'cc-' || pg_temp.pick(number, 8, 60)),
    ('metadata.tags', type),
    ('metadata.tags.' || type, 'true'),
    ('metadata.tags', lifecycle),
    ('metadata.tags.' || lifecycle, 'true'),
    ('metadata.tags', 'tag-' || pg_temp.pick(number, 9, 150)),
    ('metadata.links.url', repository || '/wiki'),
    ('metadata.links.title', 'Runbook'),
    ('spec.type', type),
    ('spec.lifecycle', lifecycle),
    ('spec.owner', 'group:default/' || owner),
    ('spec.system', system),
    ('spec.dependson', 'component:default/orders-' || pg_temp.pick(number, 10, 95000)),
    ('spec.dependson', 'resource:default/ledger-' || pg_temp.pick(number, 11, 95000)),
    ('relations.ownedby', 'group:default/' || owner),
    ('relations.partof', 'system:default/' || system),
    ('relations.dependson', 'component:default/orders-' || pg_temp.pick(number, 10, 95000)),
    ('relations.dependson', 'resource:default/ledger-' || pg_temp.pick(number, 11, 95000))) term (key, value)
  ORDER BY number;
INSERT INTO locations
  SELECT pg_temp.id('location', number), 'url', repository || '/blob/main/catalog-info.yaml' FROM entity WHERE number % 20 = 0 ORDER BY number;

ALTER TABLE refresh_state ADD PRIMARY KEY (entity_id);
ALTER TABLE refresh_state ADD CONSTRAINT refresh_state_entity_ref_uniq UNIQUE (entity_ref);
CREATE INDEX refresh_state_next_update_at_idx ON refresh_state (next_update_at);
CREATE INDEX refresh_state_next_stitch_at_idx ON refresh_state (next_stitch_at) WHERE next_stitch_at IS NOT NULL;
ALTER TABLE final_entities ADD PRIMARY KEY (entity_id);
ALTER TABLE final_entities ADD CONSTRAINT final_entities_entity_ref_uniq UNIQUE (entity_ref);
ALTER TABLE final_entities ADD FOREIGN KEY (entity_id) REFERENCES refresh_state (entity_id) ON DELETE CASCADE;
ALTER TABLE refresh_state_references ADD PRIMARY KEY (id);
CREATE INDEX refresh_state_references_source_key_idx ON refresh_state_references (source_key);
CREATE INDEX refresh_state_references_source_entity_ref_idx ON refresh_state_references (source_entity_ref);
CREATE INDEX refresh_state_references_target_entity_ref_idx ON refresh_state_references (target_entity_ref);
ALTER TABLE refresh_state_references
  ADD FOREIGN KEY (source_entity_ref) REFERENCES refresh_state (entity_ref) ON DELETE CASCADE,
  ADD FOREIGN KEY (target_entity_ref) REFERENCES refresh_state (entity_ref) ON DELETE CASCADE;
CREATE INDEX relations_source_entity_ref_idx ON relations (source_entity_ref);
CREATE INDEX relations_source_entity_id_idx ON relations (originating_entity_id);
ALTER TABLE relations ADD FOREIGN KEY (originating_entity_id) REFERENCES refresh_state (entity_id) ON DELETE CASCADE;
CREATE INDEX refresh_keys_entity_id_idx ON refresh_keys (entity_id);
CREATE INDEX refresh_keys_key_idx ON refresh_keys (key);
ALTER TABLE refresh_keys ADD FOREIGN KEY (entity_id) REFERENCES refresh_state (entity_id) ON DELETE CASCADE;
CREATE INDEX search_entity_id_idx ON search (entity_id);
CREATE INDEX search_key_value_idx ON search (key, value);
CREATE INDEX search_key_original_value_idx ON search (key, original_value);
ALTER TABLE search ADD FOREIGN KEY (entity_id) REFERENCES refresh_state (entity_id) ON DELETE CASCADE;
ALTER TABLE locations ADD PRIMARY KEY (id);
