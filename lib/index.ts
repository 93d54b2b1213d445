export { PostgresAddress } from './database/address';
export { CertificateAuthority } from './database/certificate-authority';
export type { ContainerEnvironment } from './database/container-environment';
export { CreateDatabase, type CreateDatabaseProps } from './database/create-database';
export { Credentials } from './database/credentials';
export { DatabaseSecret } from './database/database-secret';
export {
  ExternalPostgres,
  type ExternalPostgresFromSecretProps,
  type ExternalPostgresOptions,
  type ExternalPostgresProps,
} from './database/external-postgres';
export { type ExternalSecretProps, SecretStoreKind } from './database/external-secret';
export type { GeneratedSecretProps } from './database/generated-secret';
export type { HubEnvironment } from './database/hub-environment';
export { type IPostgres, Postgres } from './database/postgres';
export { PostgresStatefulSet, type PostgresStatefulSetProps } from './database/postgres-statefulset';
export type { SecretKeys } from './database/secret-keys';
export type { ServerCertificate } from './database/server-certificate';
export type {
  PersistenceSecretRef,
  PersistenceServiceRef,
  PersistenceTarget,
  SonataFlowPersistence,
} from './database/sonataflow-persistence';
export { PostgresTls } from './database/tls';
export { PostgresVersion } from './database/version';

export { AdoptedHub, type AdoptedHubProps } from './hub/adopted-hub';
export type { DynamicPlugin, PluginDependency } from './hub/dynamic-plugin';
export { DynamicPlugins, type DynamicPluginsProps } from './hub/dynamic-plugins';
export {
  ClaimAccess,
  DynamicPluginsRoot,
  type DynamicPluginsRootProps,
  type IDynamicPluginsRoot,
} from './hub/dynamic-plugins-root';
export type {
  AppConfigFiles,
  AppConfigSource,
  ExtraEnvs,
  ExtraFiles,
  HubConnectionPools,
  HubFileSource,
  HubFlavour,
  HubRoute,
  HubVariable,
  HubVariableSource,
} from './hub/hub-settings';
export { DeploymentKind, Hub, type HubProps } from './hub/hub';
export { HubBase, type HubBaseProps, type HubConnectOptions } from './hub/hub-base';
export { Lightspeed, type LightspeedProps } from './hub/lightspeed';
export { LocalPostgres, type LocalPostgresProps } from './hub/local-postgres';
export { ContainerPatch, type PodPatch, StrategyPatch, VolumePatch } from './hub/pod-patch';
export { type FieldAvailability, type OrchestratorPackages, RhdhRelease } from './operators/release';

export type { DatabaseMapping } from './migration/database-mapping';
export { DatabaseMigration, type DatabaseMigrationProps } from './migration/database-migration';
export { ProofExtent } from './migration/proof-extent';

export {
  OrchestratorNetworkPolicies,
  type OrchestratorNetworkPoliciesProps,
} from './orchestrator/network-policies';
export { OrchestratorPlugins, type OrchestratorPluginsProps } from './orchestrator/orchestrator-plugins';
export { SonataFlowPlatform, type SonataFlowPlatformProps } from './orchestrator/sonataflow-platform';
export { Workflow, WorkflowProfile, type WorkflowProps } from './orchestrator/workflow';
export { WorkflowHelmValues, type WorkflowHelmValuesProps } from './orchestrator/workflow-helm-values';

export { HubApp, type HubAppProps } from './stages/hub-app';
export { Stage, type StageProps } from './stages/stage';
export { StageKind } from './stages/stage-kind';
