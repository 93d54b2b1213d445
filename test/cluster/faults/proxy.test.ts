import { Client } from '../client';
import { Cluster } from '../cluster';
import { FaultProxy } from './proxy';

let cluster: Cluster;
let proxy: FaultProxy;
let client: Client;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
  proxy = await FaultProxy.start(cluster);
  client = await Client.connect(cluster.kubeconfigFor({ server: proxy.server }));
});
afterAll(async () => {
  await proxy.stop();
  await cluster.close();
});

test('requests are passed on, noted, and those that change something are told apart', async () => {
  const namespace = await cluster.createNamespace();
  await client.list('v1', 'Pod', namespace);
  await client.apply({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace },
    data: { b: 'c' },
  });

  expect(
    (await cluster.client.read({ apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace }))!.data,
  ).toEqual({
    b: 'c',
  });
  expect(proxy.seen.map(({ method, status }) => [method, status])).toEqual([
    ['GET', 200],
    ['GET', 200],
    ['PATCH', 201],
  ]);
  expect(proxy.writes.map(({ url }) => url)).toEqual([
    `/api/v1/namespaces/${namespace}/configmaps/a?fieldManager=test&force=true`,
  ]);
});

test('a request can be answered with a failure, or its connection cut', async () => {
  proxy.fault = ({ url }) =>
    url.includes('/pods') ? { status: 429, headers: { 'Retry-After': '1' } } : undefined;
  await expect(client.list('v1', 'Pod', 'default')).rejects.toThrow('429 played: 429');
  proxy.fault = () => ({ cut: 'before' });
  await expect(client.list('v1', 'Pod', 'default')).rejects.toThrow('socket hang up');
  proxy.fault = () => undefined;
  expect(await client.list('v1', 'Pod', 'default')).toEqual([]);
});
