import type { Construct } from 'constructs';
import { constructArguments } from '../api/arguments';
import type {
  BackstageSpec,
  BackstageSpecApplicationRoute,
  BackstageSpecDeployment,
  BackstageSpecDeploymentKind,
} from '../../imports/backstage';
import type { DynamicPlugins } from './dynamic-plugins';
import type { IDynamicPluginsRoot } from './dynamic-plugins-root';
import type {
  AppConfigFiles,
  ExtraEnvs,
  ExtraFiles,
  HubConnectionPools,
  HubFlavour,
  HubRoute,
} from './hub-settings';
import { HubBase } from './hub-base';
import { type PodPatch, podPatchJson, VolumePatch } from './pod-patch';
import { RhdhRelease } from '../operators/release';
import type { Manifest } from '../manifest/yaml-file';
import { pluginsRoot } from '../operators/rhdh';

/** Kind of workload that the operator makes for a hub. */
export enum DeploymentKind {
  /** A Deployment. */
  DEPLOYMENT = 'Deployment',
  /** A StatefulSet. */
  STATEFUL_SET = 'StatefulSet',
}

/** Properties of {@link Hub}. */
export interface HubProps {
  /** Name of the Backstage resource. */
  readonly name: string;

  /** Release of RHDH whose operator runs the hub. */
  readonly release: RhdhRelease;

  /**
   * Dynamic plugins; the ConfigMap with the list is made here.
   * @default - those that the operator switches on by itself
   */
  readonly plugins?: DynamicPlugins;

  /**
   * Whether a SonataFlowPlatform that this app does not make serves the orchestrator. Its plugins then stay in the list,
   * and are checked there.
   * @default false
   */
  readonly orchestratorElsewhere?: boolean;

  /**
   * Claim in which the unpacked plugins are kept.
   * @default - a volume of the operator that lives as long as the pod
   */
  readonly dynamicPluginsRoot?: IDynamicPluginsRoot;

  /**
   * Number of pods. Begin with one: several that start on an empty database can lock each other out of its
   * schema (knex, "Migration table is already locked").
   * @default - left to the operator, which runs one
   */
  readonly replicas?: number;

  /**
   * App-config files.
   * @default - the operator's
   */
  readonly appConfig?: AppConfigFiles;

  /**
   * Files from Secrets, ConfigMaps and claims.
   * @default - none
   */
  readonly extraFiles?: ExtraFiles;

  /**
   * Variables. Those of the database come from `connect`.
   * @default - none
   */
  readonly extraEnvs?: ExtraEnvs;

  /**
   * The OpenShift Route.
   * @default - the operator's: on OpenShift there is one
   */
  readonly route?: HubRoute;

  /**
   * Whether metrics are scraped (a ServiceMonitor). Since RHDH 1.8.
   * @default - the operator's: they are not
   */
  readonly monitoring?: boolean;

  /**
   * Sets of defaults to switch on or off. Since RHDH 1.10.
   * @default - the operator's
   */
  readonly flavours?: HubFlavour[];

  /**
   * Kind of the workload. Since RHDH 1.9.
   * @default - the operator's: Deployment
   */
  readonly deploymentKind?: DeploymentKind;

  /**
   * Changes to the pod.
   * @default - none
   */
  readonly pod?: PodPatch;

  /**
   * Whether all databases that the hub opens are there already, so that it need not create them
   * (`ensureExists: false` in its app-config).
   * @default false
   */
  readonly databasesExist?: boolean;

  /**
   * What the plugins' connection pools may grow to, to be checked against the server's `max_connections`.
   * @default - not known, not checked
   */
  readonly connectionPools?: HubConnectionPools;
}

/**
 * A hub: the Backstage resource of the RHDH operator, with its dynamic plugins. It is connected to its database
 * by `connect`; a hub that never was is refused.
 */
export class Hub extends HubBase {
  constructor(scope: Construct, id: string, props: HubProps) {
    const checked = constructArguments('Hub', scope, id, props, () => ({
      name: 'unknown',
      release: RhdhRelease.V1_8,
    }));
    props = checked.props;
    super(scope, checked.id, {
      release: props.release,
      manifest: manifest(props),
      plugins: props.plugins,
      orchestratorElsewhere: props.orchestratorElsewhere,
      connectionPools: props.connectionPools,
      databasesExist: props.databasesExist,
      maxReplicas: props.dynamicPluginsRoot?.maxReplicas,
    });
    checked.reportAt(this, Hub);
    const claim = props.dynamicPluginsRoot;
    if (claim !== undefined) {
      const persistentVolumeClaim = { claimName: claim.claimName };
      this.addVolume(VolumePatch.replace({ name: pluginsRoot, persistentVolumeClaim }));
    }
    props.pod?.volumes?.forEach((volume) => this.addVolume(volume));
    props.pod?.initContainers?.forEach((container) => this.addInitContainer(container));
    props.pod?.containers?.forEach((container) => this.addContainer(container));
  }
}

function manifest(props: HubProps): Manifest {
  const spec: BackstageSpec = {
    flavours: props.flavours,
    deployment: deployment(props),
    application: {
      dynamicPluginsConfigMapName: props.plugins?.configMapName,
      appConfig: props.appConfig,
      extraFiles: props.extraFiles,
      extraEnvs: props.extraEnvs,
      route: props.route && route(props.route),
    },
    database: { enableLocalDb: true },
    monitoring: props.monitoring === undefined ? undefined : { enabled: props.monitoring },
  };
  const metadata = { name: props.name };
  return JSON.parse(
    JSON.stringify({ apiVersion: props.release.apiVersion, kind: 'Backstage', metadata, spec }),
  );
}

function deployment(props: HubProps): BackstageSpecDeployment {
  const { spec, template } = podPatchJson(props.pod ?? {});
  const kind = props.deploymentKind as BackstageSpecDeploymentKind | undefined;
  return { kind, patch: { spec: { replicas: props.replicas, ...spec, template } } };
}

function route(props: HubRoute): BackstageSpecApplicationRoute {
  const tls = { externalCertificateSecretName: props.certificateSecretName };
  return {
    enabled: props.enabled ?? true,
    host: props.host,
    subdomain: props.subdomain,
    tls: props.certificateSecretName === undefined ? undefined : tls,
  };
}
