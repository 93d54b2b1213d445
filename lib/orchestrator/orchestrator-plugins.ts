import { Construct } from 'constructs';
import { DynamicPlugin } from '../hub/dynamic-plugin';
import { HubBase } from '../hub/hub-base';
import { ManifestObject } from '../manifest/manifest-object';
import { markSuperseding } from '../manifest/superseding';
import { enforce } from '../rules/rule';
import { ORCHESTRATOR_PLUGINS_RULES } from './rules';
import { SonataFlowPlatform } from './sonataflow-platform';

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
}

/**
 * The hub's dynamic plugins once more, the orchestrator's with them. Replaces the ConfigMap of the stage that
 * created the hub: plugins that look for a data index before there is one fail.
 */
export class OrchestratorPlugins extends Construct {
  /** @internal */
  public readonly _hub: HubBase;
  /** @internal */
  public readonly _platform: SonataFlowPlatform;

  constructor(scope: Construct, id: string, props: OrchestratorPluginsProps) {
    super(scope, id);
    this._hub = props.hub;
    this._platform = props.platform;
    props.hub._markOrchestrated();
    const plugins = props.hub._props.plugins?.withPlugins(orchestratorPlugins(props), props.after);
    if (plugins !== undefined) {
      const configMap = new ManifestObject(this, 'dynamic-plugins', plugins._configMap());
      markSuperseding(configMap);
      this.node.defaultChild = configMap;
    }
    enforce<OrchestratorPluginsProps>(this, ORCHESTRATOR_PLUGINS_RULES, () => props);
  }
}

/**
 * The four plugins of the release. `dependencies` keeps the operator from creating a SonataFlowPlatform of its
 * own, which it would put on the local database.
 */
function orchestratorPlugins({ hub, platform }: OrchestratorPluginsProps): DynamicPlugin[] {
  const packages = hub.release.orchestratorPackages;
  const reader = {
    pluginConfig: { orchestrator: { dataIndexService: { url: platform.dataIndexUrl } } },
    dependencies: [{}],
  };
  return [
    { package: packages.frontend },
    { package: packages.backend, ...reader },
    { package: packages.scaffolderModule, ...reader },
    { package: packages.formWidgets },
  ];
}
