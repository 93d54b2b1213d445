/** Facts about the operator of SonataFlow (apache/incubator-kie-tools, packages/sonataflow-operator). */

/** API group of its resources. */
export const sonataflowGroup = 'sonataflow.org';

/** Kind and group of a platform. */
export const platform = `SonataFlowPlatform.${sonataflowGroup}`;

/** Kind and group of a workflow. */
export const workflow = `SonataFlow.${sonataflowGroup}`;

/** The label of a workflow's pods (`workflowproj.LabelWorkflow`; the Helm charts set it, too). */
export const workflowLabel = `${sonataflowGroup}/workflow-app`;

/** The services of a platform: field of `spec.services`, suffix of the Deployment's name, name for people. */
export const platformServices = [
  { field: 'dataIndex', suffix: 'data-index-service', title: 'data index' },
  { field: 'jobService', suffix: 'jobs-service', title: 'jobs service' },
] as const;

/** One of the services of a platform. */
export type PlatformService = (typeof platformServices)[number];

/** The database of data index, jobs service and workflows, as the operator of Red Hat Developer Hub names it. */
export const orchestratorDatabase = 'backstage_plugin_orchestrator';

/** Label of the pods of a platform's services (internal/controller/platform/k8s.go). */
export const serviceLabel = `${sonataflowGroup}/service`;

/** The database where a `serviceRef` names none, and that of installations by Helm. */
export const defaultDatabase = 'sonataflow';

/** The variable with the JDBC URL that a service's pods are given. */
export const jdbcUrlVariable = 'QUARKUS_DATASOURCE_JDBC_URL';

/** The variable, and the property, with the URL of the jobs service's second, reactive datasource. */
export const reactiveUrlVariable = 'QUARKUS_DATASOURCE_REACTIVE_URL';
export const reactiveUrlProperty = 'quarkus.datasource.reactive.url';

/** Name of the Deployment and of the Service of a platform's service, and of its schema where none is named. */
export function serviceName(platform: string, suffix: PlatformService['suffix']): string {
  return `${platform}-${suffix}`;
}

/** URL of a platform's data index, as it is reached in the cluster. */
export function dataIndexUrl(platform: string, namespace: string | undefined): string {
  return `http://${serviceName(platform, 'data-index-service')}.${namespace}.svc.cluster.local`;
}

/** Name of the ConfigMap with the properties of a workflow, or of a platform's service. */
export function propertiesName(deployment: string): string {
  return `${deployment}-props`;
}

/** Reference to the Service of a PostgreSQL, as a platform or workflow carries it. */
export interface ServiceReference {
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly databaseName?: string;
  readonly databaseSchema?: string;
}

/** The JDBC URL that the operator makes of a `serviceRef` (internal/controller/platform/services). */
export function serviceReferenceUrl(
  { name, namespace, port = 5432, databaseName = defaultDatabase, databaseSchema }: ServiceReference,
  otherwise: { readonly namespace: string | undefined; readonly schema: string },
): string {
  const host = `${name}.${namespace ?? otherwise.namespace}`;
  return `jdbc:postgresql://${host}:${port}/${databaseName}?currentSchema=${databaseSchema ?? otherwise.schema}`;
}
