import {
  environmentVariableProblem,
  keyProblem,
  labelProblem,
  postgresIdentifierProblem,
  subdomainProblem,
} from '../rules/names';
import {
  annotationsProblem,
  countProblem,
  durationProblem,
  imageProblem,
  integrityProblem,
  labelsProblem,
  lineProblem,
  mountPathProblem,
  ordinalProblem,
  periodProblem,
  quantityProblem,
  repositoryProblem,
  sizeProblem,
  tagProblem,
  type ValueProblem,
} from '../rules/values';

/** Any text will do: it is data, or escaped where it lands. */
const anything: ValueProblem = () => [];
/** A rule of the construct looks at it, which knows more than its form. */
const byRule: ValueProblem = () => [];

const containerProblem: ValueProblem = (what, value: string) =>
  value === '*' ? [] : labelProblem(what, value);
const subdomain: ValueProblem = (what, value: string) => subdomainProblem(what, value);
const label: ValueProblem = (what, value: string) => labelProblem(what, value);
const key: ValueProblem = (what, value: string) => keyProblem(what, value);

/** What may be written in each text, number or map of the API's structs. A test holds that none is missing. */
export const formats: Readonly<Record<string, Readonly<Record<string, ValueProblem>>>> = {
  AdoptedHubProps: { backstageFile: byRule, dynamicPluginsFile: byRule, appConfigFiles: byRule },
  AppConfigFiles: { mountPath: mountPathProblem },
  AppConfigSource: { name: subdomain, key },
  CreateDatabaseProps: { databaseName: byRule, jobName: byRule, image: imageProblem },
  DatabaseMapping: {
    sourceDatabase: byRule,
    sourceSchema: byRule,
    targetDatabase: byRule,
    targetSchema: byRule,
  },
  DatabaseMigrationProps: {
    name: byRule,
    databasePrefix: (what, value: string) => postgresIdentifierProblem(what, value),
    include: byRule,
    exclude: byRule,
    workers: byRule,
    image: imageProblem,
  },
  DynamicPlugin: { package: byRule, integrity: integrityProblem },
  DynamicPluginsProps: { configMapName: subdomain, includes: lineProblem },
  DynamicPluginsRootProps: { name: byRule, storageClassName: subdomain },
  ExternalPostgresFromSecretProps: {
    maxConnections: byRule,
    maintenanceDatabase: (what, value: string) => postgresIdentifierProblem(what, value),
    clientImage: imageProblem,
    secretName: byRule,
  },
  ExternalPostgresProps: {
    maxConnections: byRule,
    maintenanceDatabase: (what, value: string) => postgresIdentifierProblem(what, value),
    clientImage: imageProblem,
    secretName: byRule,
  },
  ExternalSecretProps: {
    storeName: subdomain,
    remoteKey: lineProblem,
    userProperty: lineProblem,
    passwordProperty: lineProblem,
    refreshInterval: durationProblem,
  },
  ExtraFiles: { mountPath: mountPathProblem },
  GeneratedSecretProps: { length: byRule, image: imageProblem },
  HubAppProps: { outdir: lineProblem },
  HubConnectionPools: { plugins: countProblem, maxPerPlugin: countProblem },
  HubFileSource: { name: byRule, key: byRule, mountPath: mountPathProblem, containers: containerProblem },
  HubFlavour: { name: label },
  HubProps: { name: byRule, replicas: byRule },
  HubRoute: { host: subdomain, subdomain, certificateSecretName: subdomain },
  HubVariable: { name: byRule, value: anything, containers: containerProblem },
  HubVariableSource: { name: byRule, key: byRule, containers: containerProblem },
  LightspeedProps: {
    databaseName: byRule,
    jobName: byRule,
    stackConfigMapName: subdomain,
    llamaStackSecretNames: subdomain,
    lightspeedCoreSecretNames: subdomain,
    llamaStackImage: imageProblem,
    lightspeedCoreImage: imageProblem,
    ragContentImage: imageProblem,
  },
  LocalPostgresProps: { hub: byRule, clientImage: imageProblem },
  OrchestratorPackages: {
    frontend: integrityProblem,
    backend: integrityProblem,
    scaffolderModule: integrityProblem,
    formWidgets: integrityProblem,
  },
  OrchestratorPluginsProps: { after: byRule, version: lineProblem },
  PersistenceTarget: { database: byRule, schema: byRule },
  PluginDependency: { ref: lineProblem },
  PodPatch: { nodeSelector: labelsProblem, labels: labelsProblem, annotations: annotationsProblem },
  PostgresStatefulSetProps: {
    name: byRule,
    secretName: byRule,
    storageClassName: subdomain,
    maxConnections: byRule,
    replicas: byRule,
    nodeSelector: labelsProblem,
    priorityClassName: subdomain,
  },
  SecretKeys: { user: byRule, password: byRule, host: byRule, port: byRule },
  ServerCertificate: { secretName: subdomain },
  SonataFlowPlatformProps: { name: byRule, databaseName: byRule, databaseJobName: byRule },
  StageProps: { namespace: byRule, labels: labelsProblem },
  WorkflowHelmValuesProps: {
    name: byRule,
    schema: byRule,
    imageRepository: repositoryProblem,
    imageTag: tagProblem,
    chart: lineProblem,
  },
  WorkflowProps: {
    name: byRule,
    image: imageProblem,
    version: lineProblem,
    description: anything,
    schema: byRule,
    properties: anything,
    replicas: countProblem,
  },
};

/** The same of the structs of Kubernetes that the API takes, as far as a slip is likely. */
const ofKubernetes: Readonly<Record<string, Readonly<Record<string, ValueProblem>>>> = {
  'k8s.Container': { name: label, image: imageProblem },
  'k8s.ConfigMapVolumeSource': { name: subdomain },
  'k8s.EnvVar': { name: (what, value: string) => environmentVariableProblem(what, value) },
  'k8s.PersistentVolumeClaimVolumeSource': { claimName: subdomain },
  'k8s.SecretEnvSource': { name: subdomain },
  'k8s.SecretKeySelector': { name: subdomain, key },
  'k8s.SecretVolumeSource': { secretName: subdomain },
  'k8s.Volume': { name: label },
  'k8s.VolumeMount': { name: label, mountPath: mountPathProblem },
};

/** What every value of a type must be, wherever it is given. */
const ofTypes: Readonly<Record<string, ValueProblem>> = {
  Size: sizeProblem,
  Duration: periodProblem,
  'k8s.Quantity': quantityProblem,
};

/** Arguments of factories whose values no rule looks at. */
const ofCalls: Readonly<Record<string, Readonly<Record<string, ValueProblem>>>> = {
  'PostgresVersion.of': { major: ordinalProblem, image: imageProblem },
  'DynamicPluginsRoot.fromClaimName': { claimName: subdomain },
  'DynamicPlugins.fromFile': { configMapName: subdomain },
};

/** What is wrong with a value of the right type in its place: a field of a struct, or an argument of a call. */
export function formatProblems(
  owner: string,
  field: string,
  type: string,
  value: unknown,
  path: string,
): string[] {
  const check = formats[owner]?.[field] ?? ofKubernetes[owner]?.[field] ?? ofCalls[owner]?.[field];
  const each = type.replace(/\[\]|\{\}$/, '');
  if (type.endsWith('[]')) {
    return (value as unknown[]).flatMap((item, index) =>
      (check ?? ofTypes[each] ?? anything)(`${path}[${index}]`, item),
    );
  }
  if (type.endsWith('{}') && each in ofTypes) {
    return Object.entries(value as object).flatMap(([name, item]) => ofTypes[each](`${path}.${name}`, item));
  }
  return (check ?? ofTypes[type] ?? anything)(path, value);
}
