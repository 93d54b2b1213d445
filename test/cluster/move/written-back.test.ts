import { Cluster } from '../cluster';
import { Run } from '../faults/cli';
import { FaultProxy } from '../faults/proxy';
import { updateLatest } from '../operators/controller';
import { MoveScene } from './move-scene';

let cluster: Cluster;
let proxy: FaultProxy;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
  proxy = await FaultProxy.start(cluster);
});
afterEach(() => MoveScene.closeAll());
afterAll(async () => {
  await proxy.stop();
  await cluster.close();
});

const platform = {
  apiVersion: 'sonataflow.org/v1alpha08',
  kind: 'SonataFlowPlatform',
  name: 'sonataflow-platform',
};

test('a switch that was killed, and whose platform its operator has put back since, ends right when it is run again', async () => {
  const scene = await MoveScene.open(cluster, { release: '1.8' });
  const reference = { ...platform, namespace: scene.namespace };
  const kubeconfig = cluster.kubeconfigFor({ namespace: scene.namespace, server: proxy.server });
  const run = new Run(kubeconfig, ['migrate', scene.folder, '--yes', '--force-conflicts']);
  proxy.fault = (request) => {
    if (request.method !== 'PUT' || !request.url.includes('/sonataflowplatforms/')) return undefined;
    void run.killWhenAnswered(request);
    return { cut: 'done' };
  };
  await cluster.until('everything is stopped', async () => (await scene.steps()).includes('copy running'));
  const stopped = (await cluster.client.read(reference))!.spec as object;
  await run.ended;
  proxy.fault = () => undefined;
  await updateLatest(cluster.client, reference, (latest) => ({ ...latest, spec: stopped }), 'manager');

  await scene.succeed('migrate', '--yes', '--force-conflicts');

  await scene.untilRunning();
  const { dataIndex, jobService } = (await cluster.client.read(reference))!.spec.services;
  for (const service of [dataIndex, jobService]) {
    expect(service.persistence.postgresql.secretRef.name).toBe('psql');
    expect(service.podTemplate.replicas).toBeUndefined();
  }
});
