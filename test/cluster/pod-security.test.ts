import { join } from 'node:path';
import { Cluster } from './cluster';
import type { KubernetesObject } from './client';
import { objectsIn } from './kwok';

const root = join(__dirname, '../..');

/** A pod as its workload would make it. */
const podOf = ({ kind, metadata, spec }: KubernetesObject, namespace: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    ...spec.template.metadata,
    name: `${kind.toLowerCase()}-${metadata.name}`.slice(0, 60),
    namespace,
  },
  spec: {
    ...spec.template.spec,
    volumes: [
      ...(spec.template.spec.volumes ?? []),
      ...(spec.volumeClaimTemplates ?? []).map((claim: KubernetesObject) => ({
        name: claim.metadata.name,
        persistentVolumeClaim: { claimName: claim.metadata.name },
      })),
    ],
  },
});

let cluster: Cluster;
let namespace: string;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
  namespace = await cluster.createNamespace('restricted');
  await cluster.client.merge(
    { apiVersion: 'v1', kind: 'Namespace', name: namespace },
    { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } },
  );
});
afterAll(() => cluster.close());

const workloads = objectsIn(join(root, 'dist')).filter((object) => object?.spec?.template?.spec?.containers);

test('dist/ has the server, and the Jobs that make its login and the databases', () => {
  expect(workloads.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort()).toEqual([
    'Job/create-lightspeed-database-developer-hub',
    'Job/create-sonataflow-database-developer-hub',
    'Job/generate-my-backstage-psql-secret-developer-hub',
    'StatefulSet/my-backstage-psql-developer-hub',
  ]);
});

test.each(workloads.map((object) => [`${object.kind}/${object.metadata.name}`, object] as const))(
  'the pods of %s are admitted where the Pod Security Standard restricted is enforced',
  async (_, workload) => {
    const path = `/api/v1/namespaces/${namespace}/pods?dryRun=All`;
    const pod = podOf(workload, namespace);
    expect((await cluster.client.call('POST', path, pod)).metadata.name).toBe(pod.metadata.name);

    const [container, ...others] = pod.spec.containers;
    const { securityContext: _context, ...open } = container;
    const refused = { ...pod, spec: { ...pod.spec, containers: [open, ...others] } };
    await expect(cluster.client.call('POST', path, refused)).rejects.toThrow(
      'violates PodSecurity "restricted:latest"',
    );
  },
);

const hub = objectsIn(join(root, 'dist')).find((object) => object?.kind === 'Backstage')!;
const patch = hub.spec.deployment.patch.spec.template.spec;
const sidecars = patch.containers.filter(({ image }: { image?: string }) => image !== undefined);

test('Lightspeed’s sidecars are admitted there as well, and without their security contexts they are not', async () => {
  const path = `/api/v1/namespaces/${namespace}/pods?dryRun=All`;
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'hub', namespace },
    spec: { containers: sidecars, initContainers: patch.initContainers, volumes: patch.volumes },
  };
  expect(sidecars.map(({ name }: { name: string }) => name)).toEqual(['llama-stack', 'lightspeed-core']);
  expect((await cluster.client.call('POST', path, pod)).metadata.name).toBe('hub');
  const open = sidecars.map(({ securityContext: _, ...container }: KubernetesObject) => container);
  await expect(
    cluster.client.call('POST', path, { ...pod, spec: { ...pod.spec, containers: open } }),
  ).rejects.toThrow('violates PodSecurity "restricted:latest"');
});
