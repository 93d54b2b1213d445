-- Roles and policies (the RBAC plugin).
CREATE TABLE casbin_rule (id serial PRIMARY KEY, ptype varchar(255), v0 varchar(255), v1 varchar(255), v2 varchar(255), v3 varchar(255), v4 varchar(255), v5 varchar(255), v6 varchar(255));
CREATE TABLE "role-condition-policies" (id serial PRIMARY KEY, result text, "roleEntityRef" text, "pluginId" text, "resourceType" text, permissions text, "conditionsJson" text);
INSERT INTO casbin_rule (ptype, v0, v1, v2, v3)
  SELECT 'p', 'role:default/role-' || pg_temp.pick(g, 1, 200), 'catalog.entity.' || g, 'read', 'allow'
  FROM generate_series(1, (:scale * 10000)::bigint) g ORDER BY g;
