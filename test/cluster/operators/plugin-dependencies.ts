import { parse } from 'yaml';
import { Client, KubernetesObject } from '../client';
import { owned } from './controller';

interface Plugin {
  readonly package: string;
  readonly disabled?: boolean;
  readonly dependencies?: readonly { readonly ref?: string }[];
}

/** Plugins to which the operator's default list gives a dependency (`default-config/dynamic-plugins.yaml`). */
const hasDefaultDependency = (name: string) => name.includes('plugin-orchestrator-backend');

/**
 * The SonataFlowPlatform of the operator's own: applied with force, with the local database written into it,
 * while an enabled plugin depends on it (`plugin-deps.go`, `config/profile/rhdh/plugin-deps/sonataflow.yaml`).
 *
 * A plugin that states other dependencies has those instead, which is why `[{}]` drops it. The operator's
 * network policies and database Job, applied with it, are left out.
 */
export async function applyPluginDependencies(
  client: Client,
  backstage: KubernetesObject,
  plugins: Record<string, string> | undefined,
): Promise<void> {
  const list =
    (parse(plugins?.['dynamic-plugins.yaml'] ?? '') as { plugins?: Plugin[] } | null)?.plugins ?? [];
  const wanted = list.some(({ package: name, disabled, dependencies }) => {
    if (disabled) return false;
    return dependencies ? dependencies.some(({ ref }) => ref === 'sonataflow') : hasDefaultDependency(name);
  });
  if (!wanted) return;
  const { name, namespace } = backstage.metadata;
  const postgresql = {
    secretRef: {
      name: `backstage-psql-secret-${name}`,
      userKey: 'POSTGRES_USER',
      passwordKey: 'POSTGRES_PASSWORD',
    },
    serviceRef: { name: `backstage-psql-${name}`, namespace, databaseName: 'backstage_plugin_orchestrator' },
  };
  const service = { enabled: true, persistence: { postgresql } };
  const platform = {
    apiVersion: 'sonataflow.org/v1alpha08',
    kind: 'SonataFlowPlatform',
    metadata: { name: 'sonataflow-platform' },
    spec: { monitoring: { enabled: true }, services: { dataIndex: service, jobService: service } },
  };
  await client.apply(owned(backstage, platform), 'backstage-controller');
}
