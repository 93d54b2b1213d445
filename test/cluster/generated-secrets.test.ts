import { join } from 'node:path';
import { Client } from './client';
import { Cluster, type Rule } from './cluster';
import { playGeneratedSecrets } from './generated-secrets';
import { objectsIn } from './kwok';

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

test('the account of the lab’s Job may make its one Secret, and overwrite or make no other', async () => {
  const cluster = await Cluster.ofThisRun();
  try {
    const namespace = await cluster.createNamespace();
    const role = objectsIn(join(__dirname, '../../dist')).find(({ kind }) => kind === 'Role')!;
    const name = 'my-backstage-psql-secret-developer-hub';
    expect(role.metadata.name).toBe(`generate-${name}`);
    const kubeconfig = await cluster.kubeconfigOf(namespace, role.metadata.name, role.rules as Rule[]);
    const account = await Client.connect(kubeconfig);
    const apply = (secret: string, password: string, manager: string) =>
      account.call(
        'PATCH',
        `/api/v1/namespaces/${namespace}/secrets/${secret}?fieldManager=${manager}`,
        {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: secret, resourceVersion: '1' },
          data: { POSTGRES_PASSWORD: Buffer.from(password).toString('base64') },
        },
        'application/apply-patch+yaml',
      );

    const reference = { apiVersion: 'v1', kind: 'Secret', name, namespace };
    expect((await apply(name, 'first', 'cdk8s-rhdh-a')).metadata.name).toBe(name);
    await expect(apply(name, 'second', 'cdk8s-rhdh-b')).rejects.toMatchObject({ status: 409 });
    expect((await cluster.client.read(reference))!.data).toEqual({ POSTGRES_PASSWORD: 'Zmlyc3Q=' });
    await cluster.client.delete(reference);
    const foreign = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace },
      data: { API_TOKEN: 'Zm9yZWlnbg==' },
    };
    await cluster.client.create(foreign);
    await expect(apply(name, 'first', 'cdk8s-rhdh-a')).rejects.toMatchObject({ status: 409 });
    expect((await cluster.client.read(reference))!.data).toEqual(foreign.data);
    await expect(apply('another', 'first', 'cdk8s-rhdh-a')).rejects.toMatchObject({ status: 403 });
    await expect(account.list('v1', 'Secret', namespace)).rejects.toMatchObject({ status: 403 });
    const posted = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'posted', namespace } };
    await expect(account.create(posted)).rejects.toMatchObject({ status: 403 });
    await expect(account.delete(reference)).rejects.toMatchObject({ status: 403 });
  } finally {
    await cluster.close();
  }
});
