import { Construct } from 'constructs';
import { standInHub } from '../hub/stand-in-hub';
import { standInPlatform } from './stand-in-platform';
import { constructArguments } from '../api/arguments';
import { type DynamicPlugin, packageName } from '../hub/dynamic-plugin';
import type { HubBase } from '../hub/hub-base';
import { ManifestObject } from '../manifest/manifest-object';
import { markLaterForm } from '../manifest/later-form';
import { enforce } from '../rules/rule';
import type { OrchestratorPackages } from '../operators/release';
import { warn } from '../rules/warning';
import { orchestratorPluginsRules } from './rules';
import type { SonataFlowPlatform } from './sonataflow-platform';

/** Properties of {@link OrchestratorPlugins}. */
export interface OrchestratorPluginsProps {
  /** The hub that gets the plugins. */
  readonly hub: HubBase;

  /** The platform whose data index they read. */
  readonly platform: SonataFlowPlatform;

  /**
   * Package after which the plugins stand in the list.
   * @default - they are appended
   */
  readonly after?: string;

  /**
   * Version of the npm packages (RHDH 1.8), with {@link integrity}, where the operator's own is not wanted.
   * @default - the one whose checksums the operator of the release's z-stream has
   */
  readonly version?: string;

  /**
   * Checksums of the npm packages of `version`, as in a lock file (`sha512-…`).
   * @default - those of the operator
   */
  readonly integrity?: OrchestratorPackages;
}

/**
 * The hub's dynamic plugins once more, the orchestrator's with them. Replaces the ConfigMap of the stage that
 * created the hub: plugins that look for a data index before there is one fail.
 */
export class OrchestratorPlugins extends Construct {
  /** @internal */
  readonly _hub: HubBase;
  /** @internal */
  readonly _platform: SonataFlowPlatform;

  constructor(scope: Construct, id: string, props: OrchestratorPluginsProps) {
    const checked = constructArguments('OrchestratorPlugins', scope, id, props, () => ({
      hub: standInHub(),
      platform: standInPlatform(),
    }));
    super(scope, checked.id);
    checked.reportAt(this, OrchestratorPlugins);
    props = checked.props;
    this._hub = props.hub;
    this._platform = props.platform;
    props.hub._markOrchestrated();
    const plugins = props.hub._props.plugins?.withPlugins(orchestratorPlugins(props), props.after);
    if (plugins !== undefined) {
      const configMap = new ManifestObject(this, 'dynamic-plugins', plugins._configMap());
      markLaterForm(configMap);
      this.node.defaultChild = configMap;
    }
    const { release } = props.hub;
    if (release.hasNpmOrchestrator && release.zStream === undefined && props.version === undefined) {
      warn(
        this,
        `RHDH ${release.name} has other versions of the orchestrator's plugins in other z-streams, and ends at one whose ` +
          `checksum it does not know; ${release.orchestratorVersion} is that of the first: write the z-stream of the operator, ` +
          `as in RhdhRelease.V1_8.withZStream('1.8.7')`,
      );
    }
    enforce<OrchestratorPluginsProps>(this, orchestratorPluginsRules, () => props);
  }
}

/**
 * The four plugins of the release. `dependencies` keeps the operator from creating a SonataFlowPlatform of its
 * own, which it would put on the local database.
 */
function orchestratorPlugins(props: OrchestratorPluginsProps): DynamicPlugin[] {
  const { hub, platform } = props;
  const dataIndex = { pluginConfig: { orchestrator: { dataIndexService: { url: platform.dataIndexUrl } } } };
  const plugin = (role: keyof OrchestratorPackages, reads: boolean): DynamicPlugin => {
    const { reference, integrity, hasDependencies } = packageOf(role, props);
    return {
      package: reference,
      ...(hub.release.readsEnabled && { enabled: true }),
      ...(integrity !== undefined && { integrity }),
      ...(reads && dataIndex),
      ...((reads || hasDependencies) && { dependencies: [{}] }),
    };
  };
  return [
    plugin('frontend', false),
    plugin('backend', true),
    plugin('scaffolderModule', true),
    plugin('formWidgets', false),
  ];
}

/** A mirror of the right kind stays, and a version with its own checksum; all else becomes the release's. */
function packageOf(role: keyof OrchestratorPackages, { hub, version, integrity }: OrchestratorPluginsProps) {
  const { release } = hub;
  const own = (version === undefined ? release.orchestratorPackages : release._npmOrchestrator(version))[
    role
  ];
  const present = hub._props.plugins?._orchestratorEntry(own);
  const reference = String(present?.package ?? own);
  const isOci = (text: string) => /^(oci|ref):\/\//.test(text);
  const keeps = release.hasNpmOrchestrator
    ? present?.integrity !== undefined && packageName(reference) === packageName(own) && version === undefined
    : isOci(reference);
  return {
    reference: keeps ? reference : own,
    integrity: keeps || !release.hasNpmOrchestrator ? undefined : integrity?.[role],
    hasDependencies: present?.dependencies !== undefined,
  };
}
