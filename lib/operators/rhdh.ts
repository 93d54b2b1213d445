/**
 * Facts about the operator of Red Hat Developer Hub (redhat-developer/rhdh-operator), the same from 1.7 to 1.10 unless
 * said otherwise.
 */

/** API group of its resources. */
export const rhdhGroup = 'rhdh.redhat.com';

/** Kind and group of a hub's resource. */
export const backstage = `Backstage.${rhdhGroup}`;

/** The field manager under which the operator applies (internal/controller/plugin-deps.go). */
export const rhdhOperator = 'backstage-controller';

/** The annotation of a hub's pod template with the hash of what it reads (internal/controller/spec_preprocessor.go). */
export const configurationHash = `${rhdhGroup}/ext-config-hash`;

/** Label of a hub's pods, with the name of its workload (pkg/model/deployment.go). */
export const hubLabel = `${rhdhGroup}/app`;

/** The container that runs Backstage (pkg/model/deployment.go). */
export const backstageContainer = 'backstage-backend';

/** The variables by which Backstage finds its database, each with a part of the login (docs/external-db.md). */
export const hubVariables = {
  host: 'POSTGRES_HOST',
  port: 'POSTGRES_PORT',
  user: 'POSTGRES_USER',
  password: 'POSTGRES_PASSWORD',
} as const;

/** What the names of a hub's databases begin with, unless `backend.database.prefix` of its app-config says otherwise. */
export const defaultDatabasePrefix = 'backstage_plugin_';

/** The database of Lightspeed's chats, as the lab names it. */
export const lightspeedDatabase = 'rhdh-ls';

/** Key of the ConfigMap with the dynamic plugins. */
export const pluginsFile = 'dynamic-plugins.yaml';

/** Name of the ConfigMap with the operator's default configuration (config/profile/rhdh/kustomization.yaml). */
export const defaultConfiguration = 'rhdh-default-config';

/** The namespace that the operator is installed in, unless somebody chose another (the same file). */
export const operatorNamespace = 'rhdh-operator';

/** Name of the volume of the dynamic plugins, and of the claim that a hub without one of its own is given. */
export const pluginsRoot = 'dynamic-plugins-root';

/** Name of a hub's Deployment, or of its StatefulSet. */
export function workloadName(hub: string): string {
  return `backstage-${hub}`;
}

/** Name of the StatefulSet and of the Service of a hub's local database (pkg/model/db-statefulset.go, db-service.go). */
export function localDatabaseName(hub: string): string {
  return `backstage-psql-${hub}`;
}

/** Name of the Secret with the login of a hub's local database (pkg/model/db-secret.go). */
export function localSecretName(hub: string): string {
  return `backstage-psql-secret-${hub}`;
}

/** Annotation of the Backstage resource that stops a hub and its local database (since 2.0, `pkg/model/runtime.go`). */
export const idleAnnotation = 'rhdh.redhat.com/idle';
