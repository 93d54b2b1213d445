-- Assets of the hub's pages (plugin-app-backend): incompressible bytes.
CREATE TABLE static_assets_cache (
  path text, last_modified_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, content bytea NOT NULL,
  namespace varchar(255) DEFAULT 'default',
  CONSTRAINT static_assets_cache_pkey PRIMARY KEY (namespace, path)
);
INSERT INTO static_assets_cache (path, last_modified_at, content)
  SELECT format('static/%s.%s.chunk.js', g, left(md5(g::text), 8)), '2025-05-01Z',
    (SELECT string_agg(sha256(int8send(g * 10000 + part)), '') FROM generate_series(1, 1200) part)
  FROM generate_series(1, (:scale * 1000)::bigint) g ORDER BY g;
CREATE INDEX static_asset_cache_last_modified_at_idx ON static_assets_cache (last_modified_at);
