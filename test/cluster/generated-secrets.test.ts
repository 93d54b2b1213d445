import { Cluster } from './cluster';
import { playGeneratedSecrets } from './generated-secrets';

test('a Job that provides a Secret has it made, and an existing one is left as it is', async () => {
  const cluster = await Cluster.ofThisRun();
  const namespace = await cluster.createNamespace();
  const { client } = cluster;
  const job = (name: string) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace, annotations: { 'cdk8s-rhdh/provides': 'Secret/psql' } },
    spec: {
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [
            { name: 'generate', image: 'example.com/image', env: [{ name: 'DATABASE_HOST', value: name }] },
          ],
        },
      },
    },
  });
  const host = async () => {
    const secret = await client.read({ apiVersion: 'v1', kind: 'Secret', name: 'psql', namespace });
    return secret && Buffer.from(secret.data.POSTGRES_HOST, 'base64').toString();
  };
  const operator = await playGeneratedSecrets(client, { namespace });
  try {
    await client.apply(job('first'));
    await cluster.until('the Secret is there', async () => (await host()) === 'first');
    await client.apply(job('second'));
    await cluster.until('the second Job is done', async () => {
      const second = await client.read({ apiVersion: 'batch/v1', kind: 'Job', name: 'second', namespace });
      return second?.status?.succeeded === 1;
    });
    expect(await host()).toBe('first');
  } finally {
    await operator.stop();
    await cluster.close();
  }
});
