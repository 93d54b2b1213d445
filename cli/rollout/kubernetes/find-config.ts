import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import { getProxyForUrl } from 'proxy-from-env';
import { found, ProblemsError } from '../findings/problem';
import { kubeconfigText } from './kubeconfig-text';

/** Which cluster, as kubectl takes it. */
export interface ConnectOptions {
  /**
   * Path of a kubeconfig.
   * @default - the files of KUBECONFIG, else ~/.kube/config, else the service account of the pod
   */
  readonly kubeconfig?: string;
  /**
   * Context of the kubeconfig.
   * @default - its current context
   */
  readonly context?: string;
  /**
   * Namespace of objects that name none.
   * @default - the context's namespace, else `default`
   */
  readonly namespace?: string;
}

/** Reads the kubeconfig that the options or the environment name. @throws ProblemsError when it cannot be read. */
export async function findConfig(options: ConnectOptions): Promise<KubeConfig> {
  const config = await read(options.kubeconfig);
  if (options.context !== undefined) {
    if (config.getContextObject(options.context) === null) {
      throw refused(`no context ${options.context}; ${knownIn(config)}`);
    }
    config.setCurrentContext(options.context);
  } else if (!config.getCurrentContext()) {
    throw refused(`the kubeconfig has no current context; ${knownIn(config)}`);
  }
  return withProxy(config);
}

function knownIn(config: KubeConfig): string {
  const known = config.getContexts().map(({ name }) => name);
  return known.length === 0 ? 'it has none at all' : `there are: ${known.join(', ')}`;
}

async function read(kubeconfig: string | undefined): Promise<KubeConfig> {
  const { KubeConfig: Config } = await import('@kubernetes/client-node');
  const named = (kubeconfig ?? process.env.KUBECONFIG ?? '').trim();
  const files =
    kubeconfig === undefined ? named.split(delimiter).filter((file) => file !== '') : [kubeconfig];
  const usual = join(homedir(), '.kube', 'config');
  if (kubeconfig === undefined && files.length === 0 && existsSync(usual)) files.push(usual);
  // Of several files kubectl skips those that are not there.
  const there = files.length > 1 ? files.filter((file) => existsSync(file)) : files;
  try {
    const [first, ...others] = there.map((file) => {
      const config = new Config();
      config.loadFromString(kubeconfigText(file));
      config.makePathsAbsolute(dirname(file));
      return config;
    });
    if (first !== undefined) return merged(first, others);
    if (files.length > 0) throw new Error('none of the files is there');
    const config = new Config();
    config.loadFromDefault();
    return config;
  } catch (error) {
    throw refused(`the kubeconfig ${named || '~/.kube/config'} cannot be read: ${(error as Error).message}`);
  }
}

/** Of two with the same name the first one counts, as with kubectl; the library refuses them. */
function merged(first: KubeConfig, others: readonly KubeConfig[]): KubeConfig {
  for (const other of others) {
    const isNew = (known: readonly { readonly name: string }[]) => (item: { readonly name: string }) =>
      !known.some(({ name }) => name === item.name);
    first.clusters = [...first.clusters, ...other.clusters.filter(isNew(first.clusters))];
    first.users = [...first.users, ...other.users.filter(isNew(first.users))];
    first.contexts = [...first.contexts, ...other.contexts.filter(isNew(first.contexts))];
    first.currentContext ||= other.currentContext;
  }
  return first;
}

/** kubectl takes HTTPS_PROXY and NO_PROXY too; the library knows `proxy-url` alone. */
function withProxy(config: KubeConfig): KubeConfig {
  const current = config.getCurrentCluster();
  if (current === null) return config;
  const plainHttp = current.server.startsWith('http:');
  const proxyUrl = current.proxyUrl ?? (getProxyForUrl(current.server) || undefined);
  config.clusters = config.clusters.map((cluster) =>
    cluster.name !== current.name
      ? cluster
      : { ...cluster, proxyUrl, skipTLSVerify: cluster.skipTLSVerify || plainHttp },
  );
  return config;
}

/** The cluster cannot be found or entered. */
export function refused(message: string): ProblemsError {
  return new ProblemsError('The cluster cannot be reached:', [found('kubeconfig', { message })]);
}
