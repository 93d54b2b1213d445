import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { labFiles, referenceAtHand, referenceFolder } from '../unit/crds/reference';
import { Cluster } from './cluster';
import { copyInto, distBundles } from './dist';
import { playGeneratedSecrets } from './generated-secrets';
import { kubectlWaits } from './kubectl-waits';
import type { Operator } from './operators/controller';
import { playRhdhOperator } from './operators/rhdh';
import { playSonataFlowOperator } from './operators/sonataflow';
import { installPrerequisites } from './prerequisites';

const procedures: [string, string[]][] = [
  ['The bundles of dist/', distBundles],
  ["The lab's manifests", referenceAtHand ? labFiles.map((name) => join(referenceFolder, 'lab', name)) : []],
];

let cluster: Cluster;
const operators: Operator[] = [];
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterAll(async () => {
  await Promise.all(operators.map((operator) => operator.stop()));
  await cluster.close();
});

test.each(procedures.filter(([, files]) => files.length > 0))(
  '%s, applied one after the other with kubectl, become a ready hub on the external database',
  async (_, files) => {
    const namespace = await cluster.createNamespace('procedure');
    const { client } = cluster;
    await installPrerequisites(client, namespace);
    operators.push(await playRhdhOperator(client, { namespace, release: '1.8' }));
    operators.push(await playSonataFlowOperator(client, { namespace }));
    operators.push(await playGeneratedSecrets(client, { namespace }));
    const kubeconfig = cluster.kubeconfigFor({ namespace });
    const kubectl = (...args: string[]) =>
      promisify(execFile)(cluster.kubectl, ['--kubeconfig', kubeconfig, ...args]);
    const read = (kind: string, name: string, apiVersion: string) =>
      client.read({ apiVersion, kind, name, namespace });

    for (const file of copyInto(cluster.createFolder(), files, namespace)) {
      await kubectl('apply', '-f', file);
      for (const wait of kubectlWaits(file)) await kubectl(...wait);
    }

    await cluster.until('the hub runs on what was applied last', async () => {
      const hub = await read('Deployment', 'backstage-developer-hub', 'apps/v1');
      const { observedGeneration, updatedReplicas, availableReplicas } = hub?.status ?? {};
      return (
        observedGeneration === hub?.metadata.generation &&
        updatedReplicas === hub?.spec.replicas &&
        availableReplicas === hub?.spec.replicas
      );
    });
    const hub = (await read('Deployment', 'backstage-developer-hub', 'apps/v1'))!;
    const [backend] = hub.spec.template.spec.containers;
    expect(backend.envFrom).toContainEqual({ secretRef: { name: 'my-backstage-psql-secret-developer-hub' } });
    expect(JSON.stringify(hub.spec)).not.toContain('"backstage-psql-secret-developer-hub"');
    for (const service of ['data-index-service', 'jobs-service']) {
      await cluster.until(`${service} is available`, async () => {
        const deployment = await read('Deployment', `sonataflow-platform-${service}`, 'apps/v1');
        return deployment?.status?.availableReplicas === 1;
      });
      const deployment = (await read('Deployment', `sonataflow-platform-${service}`, 'apps/v1'))!;
      const env: { name: string; value: string }[] = deployment.spec.template.spec.containers[0].env;
      expect(env.find(({ name }) => name === 'QUARKUS_DATASOURCE_JDBC_URL')!.value).toBe(
        `jdbc:postgresql://my-backstage-psql-developer-hub.${namespace}:5432/backstage_plugin_orchestrator` +
          `?currentSchema=sonataflow-platform-${service}`,
      );
    }
  },
);
