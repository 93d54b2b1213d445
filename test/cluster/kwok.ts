import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Client, KubernetesObject } from './client';
import type { ControlPlane } from './control-plane';

const yamlIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));

/** All objects of all YAML files of a folder. */
export const objectsIn = (folder: string): KubernetesObject[] =>
  yamlIn(folder).flatMap((file) =>
    parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as KubernetesObject),
  );

/**
 * Nodes, volumes and the reports of a kubelet, without machines: kwok (kwok.sigs.k8s.io) plays them by the
 * stages under `kwok/`, and answers as the kubelet when the API server is asked for logs. Nodes without the label
 * `type: kwok` are somebody else's.
 */
export async function startKwok(plane: ControlPlane, client: Client): Promise<void> {
  for (const object of objectsIn(join(__dirname, 'manifests'))) await client.apply(object);
  plane.processes.start('kwok', plane.program('kwok'), [
    `--kubeconfig=${plane.kubeconfig}`,
    ...yamlIn(join(__dirname, 'kwok')).map((file) => `--config=${file}`),
    '--manage-nodes-with-label-selector=type=kwok',
    '--node-lease-duration-seconds=40',
    '--cidr=10.128.0.0/16',
    '--node-ip=127.0.0.1',
    `--node-port=${plane.kwokPort}`,
    `--server-address=127.0.0.1:${plane.kwokPort}`,
    '--enable-crds=ClusterLogs',
  ]);
}

/**
 * What the containers of a name have written, in all pods of a namespace, as `kubectl logs` shows it.
 *
 * The lines go through the format of the container runtimes (CRI) that kwok reads.
 */
export async function writeLogs(
  client: Client,
  folder: string,
  namespace: string,
  container: string,
  lines: readonly string[],
): Promise<void> {
  const name = `${namespace}.${container}`;
  const file = join(folder, `${name}.log`);
  writeFileSync(file, lines.map((line) => `2024-01-01T00:00:00Z stdout F ${line}\n`).join(''));
  await client.apply({
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'ClusterLogs',
    metadata: { name },
    spec: {
      selector: { matchNamespaces: [namespace] },
      logs: [{ containers: [container], logsFile: file, previousLogsFile: file }],
    },
  });
}
