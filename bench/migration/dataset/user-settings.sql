-- Settings of users (plugin-user-settings-backend).
CREATE TABLE user_settings (user_entity_ref varchar(255) NOT NULL, bucket varchar(255) NOT NULL, key varchar(255) NOT NULL, value text NOT NULL, PRIMARY KEY (user_entity_ref, bucket, key));
INSERT INTO user_settings
  SELECT 'user:default/user-' || g, 'starredEntities', 'entityRefs', to_json(pg_temp.prose(g, 1, 15))::text
  FROM generate_series(1, (:scale * 20000)::bigint) g ORDER BY g;
