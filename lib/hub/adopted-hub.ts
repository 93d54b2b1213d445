import type { Construct } from 'constructs';
import { constructArguments } from '../api/arguments';
import { ManifestObject } from '../manifest/manifest-object';
import type { Manifest } from '../manifest/yaml-file';
import { warn } from '../rules/warning';
import { readAppConfigs, readBackstage, readPlugins } from './adopted-files';
import type { HubConnectionPools } from './hub-settings';
import { HubBase } from './hub-base';
import { RhdhRelease } from '../operators/release';

/** Properties of {@link AdoptedHub}. */
export interface AdoptedHubProps {
  /**
   * Path of the YAML file with the Backstage resource, alone or among other objects, in a List too: what
   * `oc get backstage -o yaml`, `kubectl kustomize` or `helm template` print. Fields of the API server are left out.
   */
  readonly backstageFile: string;

  /** Release of RHDH whose operator runs the hub. */
  readonly release: RhdhRelease;

  /**
   * Path of the YAML file with the ConfigMap of the dynamic plugins, or of a `dynamic-plugins.yaml` itself.
   * @default - the ConfigMap is left alone
   */
  readonly dynamicPluginsFile?: string;

  /**
   * Whether a SonataFlowPlatform that this app does not make serves the orchestrator. Its plugins then stay in the list,
   * and are checked there.
   * @default false
   */
  readonly orchestratorElsewhere?: boolean;

  /**
   * Paths of YAML files with ConfigMaps of app-config files or of `spec.rawRuntimeConfig`, or of app-config files
   * themselves. They go into the bundle as they are, after a check that Backstage would find its database by them.
   * @default - the ConfigMaps are left alone, unchecked
   */
  readonly appConfigFiles?: string[];

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
 * A hub that exists as YAML already. Everything in the files survives, fields that nobody here knows included;
 * only `connect` changes the resource, and only its database.
 */
export class AdoptedHub extends HubBase {
  constructor(scope: Construct, id: string, props: AdoptedHubProps) {
    const checked = constructArguments('AdoptedHub', scope, id, props, () => ({
      backstageFile: 'unknown',
      release: RhdhRelease.V1_8,
    }));
    props = checked.props;
    const backstage = readBackstage(props.backstageFile);
    const appConfigs = readAppConfigs(props.appConfigFiles ?? [], backstage.value);
    const plugins =
      props.dynamicPluginsFile === undefined
        ? undefined
        : readPlugins(props.dynamicPluginsFile, backstage.value);
    super(scope, checked.id, {
      release: props.release,
      manifest: { ...unreadable(props.release), ...backstage.value },
      plugins: plugins?.value,
      orchestratorElsewhere: props.orchestratorElsewhere,
      connectionPools: props.connectionPools,
      databasesExist: props.databasesExist,
      problems: [backstage, appConfigs, plugins].flatMap((read) => read?.problems ?? []),
    });
    checked.reportAt(this, AdoptedHub);
    [backstage, appConfigs, plugins]
      .flatMap((read) => read?.warnings ?? [])
      .forEach((told) => warn(this, told));
    appConfigs.value.forEach((value, index) => new ManifestObject(this, `app-config-${index}`, value));
  }
}

/** Stands in for a file that could not be read, until the report says so. */
function unreadable({ apiVersion }: RhdhRelease): Manifest {
  return { apiVersion, kind: 'Backstage', metadata: { name: 'unreadable' }, spec: {} };
}
