import { Construct } from 'constructs';
import { ManifestObject } from '../manifest/manifest-object';
import { Manifest, readManifest } from '../manifest/yaml-file';
import { appConfigProblems } from './app-config';
import { DynamicPlugins } from './dynamic-plugins';
import { HubConnectionPools } from './extra';
import { HubBase } from './hub-base';
import { RhdhRelease } from '../operators/release';

/** Properties of {@link AdoptedHub}. */
export interface AdoptedHubProps {
  /** Path of the YAML file with the Backstage resource. */
  readonly backstageFile: string;

  /** Release of RHDH whose operator runs the hub. */
  readonly release: RhdhRelease;

  /**
   * Path of the YAML file with the ConfigMap of the dynamic plugins.
   * @default - the ConfigMap is left alone
   */
  readonly dynamicPluginsFile?: string;

  /**
   * Paths of YAML files with ConfigMaps of app-config files. They go into the bundle as they are, after a check
   * that they do not fight the database.
   * @default - the ConfigMaps are left alone, unchecked
   */
  readonly appConfigFiles?: string[];

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
  private readonly appConfigs: readonly Manifest[];

  constructor(scope: Construct, id: string, props: AdoptedHubProps) {
    const backstage = readManifest(props.backstageFile, 'Backstage');
    const appConfigs = (props.appConfigFiles ?? []).map((path) => readManifest(path, 'ConfigMap'));
    super(scope, id, {
      release: props.release,
      manifest: { ...EMPTY, ...backstage.value },
      plugins:
        props.dynamicPluginsFile === undefined
          ? undefined
          : DynamicPlugins.fromConfigMapFile(props.dynamicPluginsFile),
      connectionPools: props.connectionPools,
      problems: [...backstage.problems, ...appConfigs.flatMap(({ problems }) => problems)],
    });
    this.appConfigs = appConfigs.filter(({ problems }) => problems.length === 0).map(({ value }) => value);
    this.appConfigs.forEach((value, index) => new ManifestObject(this, `app-config-${index}`, value));
  }

  /** @internal */
  public override _contentProblems(): string[] {
    const database = this.database;
    return database === undefined
      ? []
      : this.appConfigs.flatMap((value) => appConfigProblems(value, database));
  }
}

/** Stands in for a file that could not be read, until the report says so. */
const EMPTY: Manifest = {
  apiVersion: 'rhdh.redhat.com/v1alpha4',
  kind: 'Backstage',
  metadata: { name: 'unreadable' },
  spec: {},
};
