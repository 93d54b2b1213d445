import { Agent as HttpAgent, type Agent } from 'node:http';
import { Agent as HttpsAgent, type RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { Connection, RequestCredentials } from './connection';
import { findConfig, refused, type ConnectOptions } from './find-config';

/** What the library calls its context where it found no kubeconfig and tries kubectl's default, localhost:8080. */
const unnamedContext = 'loaded-context';

/**
 * Finds the cluster and the credentials the way kubectl does: kubeconfig, client certificates, tokens, exec
 * plugins, OIDC, in-cluster service account, `proxy-url` and the HTTPS_PROXY family of variables.
 *
 * @throws ProblemsError when the kubeconfig cannot be read or does not name a cluster.
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
  let config = await findConfig(options);
  const cluster = config.getCurrentCluster();
  if (cluster === null) {
    throw refused(`the context ${config.getCurrentContext()} names no cluster that the kubeconfig has`);
  }
  if (!/^https?:/.test(cluster.server) || !URL.canParse(cluster.server)) {
    throw refused(
      `the server of the cluster ${cluster.name} is ${cluster.server}, not a URL like https://api.example.com:6443`,
    );
  }
  let agent: Agent | undefined;
  return {
    server: cluster.server,
    context: config.getCurrentContext(),
    namespace:
      options.namespace ?? config.getContextObject(config.getCurrentContext())?.namespace ?? 'default',
    advice:
      config.getCurrentContext() === unnamedContext
        ? 'There is no kubeconfig: name one with --kubeconfig or KUBECONFIG.'
        : 'Is it the cluster that you mean (--kubeconfig, --context), and does it need a VPN or a proxy?',
    async credentials(): Promise<RequestCredentials> {
      const request: RequestOptions = { headers: {} };
      try {
        await config.applyToHTTPSOptions(request);
      } catch (error) {
        throw refused(
          `no credentials for the context ${config.getCurrentContext()}: ${(error as Error).message.trim()}`,
        );
      }
      agent ??= keepAliveAgent(config, request);
      return { headers: headersOf(request), agent };
    },
    async renew() {
      agent?.destroy();
      agent = undefined;
      config = await findConfig(options);
    },
    close: () => agent?.destroy(),
  };
}

/** The library makes an agent a request; one that keeps its connections saves a TLS handshake each. */
function keepAliveAgent(config: KubeConfig, request: RequestOptions): Agent {
  const cluster = config.getCurrentCluster();
  if (cluster?.proxyUrl !== undefined) return request.agent as Agent;
  if (cluster?.server.startsWith('http:')) return new HttpAgent({ keepAlive: true });
  const { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername } = request;
  return new HttpsAgent({ keepAlive: true, ca, cert, key, pfx, passphrase, rejectUnauthorized, servername });
}

function headersOf(request: RequestOptions): Record<string, string> {
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).map(([name, value]) => [name, String(value)]),
  );
  if (typeof request.auth === 'string') {
    headers.Authorization = `Basic ${Buffer.from(request.auth).toString('base64')}`;
  }
  return headers;
}
