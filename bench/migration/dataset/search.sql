-- Documents of the full-text search (plugin-search-backend-module-pg): entities, and pages of TechDocs.
SELECT (:scale * 50000)::bigint AS documents \gset

CREATE TABLE documents (
  type text NOT NULL,
  document jsonb NOT NULL,
  body tsvector NOT NULL GENERATED ALWAYS AS (
    setweight(to_tsvector('english', document ->> 'title'), 'A')
    || setweight(to_tsvector('english', document ->> 'text'), 'B')
    || setweight(to_tsvector('english', document - 'location' - 'title' - 'text'), 'C')) STORED,
  hash bytea NOT NULL
);
COMMENT ON TABLE documents IS 'The table of documents';
INSERT INTO documents (type, document, hash)
  SELECT type, document, sha256(replace(document::text || type, '\', '\\')::bytea)
  FROM (
    SELECT g, CASE WHEN g % 5 = 0 THEN 'techdocs' ELSE 'software-catalog' END AS type, jsonb_build_object(
      'title', pg_temp.prose(g, 1, 4),
      'text', pg_temp.prose(g, 2, CASE WHEN g % 5 = 0 THEN 180 ELSE 14 END),
      'kind', CASE WHEN g % 5 = 0 THEN 'component' ELSE 'api' END,
      'namespace', 'default', 'lifecycle', 'production', 'type', 'service',
      'owner', 'group:default/team-' || pg_temp.pick(g, 3, 400),
      'location', '/catalog/default/component/name-' || g,
      'authorization', jsonb_build_object('resourceRef', 'component:default/name-' || g)) AS document
    FROM generate_series(1, :documents) g
  ) generated
  ORDER BY g;

ALTER TABLE documents ADD PRIMARY KEY (hash);
CREATE INDEX documents_type_index ON documents (type);
CREATE INDEX documents_body_index ON documents USING gin (body);
CREATE INDEX documents_document_index ON documents USING gin (document);
