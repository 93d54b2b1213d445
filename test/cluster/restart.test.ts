import { Cluster } from './cluster';
import { playSonataFlowOperator } from './operators/sonataflow';

test('after the API server was killed and started again all data is there, and operators go on watching', async () => {
  const cluster = await Cluster.start();
  try {
    const { client, plane } = cluster;
    const namespace = await cluster.createNamespace();
    const operator = await playSonataFlowOperator(client, { namespace });
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', name: 'before', namespace };
    await client.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'before', namespace },
      data: { key: 'value' },
    });

    await plane.processes.kill('kube-apiserver', 'SIGKILL');
    await expect(client.read(configMap)).rejects.toThrow('ECONNREFUSED');
    await plane.startApiServer();

    expect((await client.read(configMap))!.data).toEqual({ key: 'value' });
    const kind = { apiVersion: 'sonataflow.org/v1alpha08', kind: 'SonataFlowPlatform' };
    const platform = { ...kind, name: 'late', namespace };
    await client.apply({ ...kind, metadata: { name: 'late', namespace }, spec: {} });
    await cluster.until('the operator saw the platform', async () => {
      const conditions: { type: string; status: string }[] =
        (await client.read(platform))!.status?.conditions ?? [];
      return conditions.some(({ type, status }) => type === 'Succeed' && status === 'True');
    });
    await operator.stop();
  } finally {
    await cluster.close();
  }
});
