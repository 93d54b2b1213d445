import { stringify as toYaml } from 'yaml';
import { Cluster } from './cluster';
import { cli } from './faults/cli';
import { backstage, configMap, statefulSet } from './faults/objects';
import { Scene } from './faults/scene';

let cluster: Cluster;
let scene: Scene;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
beforeEach(async () => {
  scene = await Scene.open(cluster, { operators: false });
});
afterAll(() => cluster.close());

interface Event {
  readonly type: string;
  readonly version?: string;
  readonly finding?: {
    readonly rule: string;
    readonly where?: string;
    readonly message: string;
    readonly advice?: string;
  };
}

/** The events of a plan. */
async function plan(kubeconfig = scene.kubeconfig, ...options: string[]) {
  const { code, stdout } = await cli(kubeconfig, 'plan', scene.folder, '--output', 'json', ...options);
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
  const findings = events.flatMap(({ finding }) =>
    finding === undefined ? [] : [[finding.rule, finding.where, finding.message, finding.advice]],
  );
  return { code, events, findings };
}

test('the cluster is told with its version', async () => {
  scene.write('0000-settings.yaml', configMap('settings', { key: 'value' }));
  const { code, events } = await plan();
  expect(code).toBe(2);
  expect(events[0]).toMatchObject({
    type: 'cluster',
    server: cluster.client.connection().server,
    context: expect.any(String) as string,
    version: expect.stringMatching(/^v1\.\d+\.\d+/) as string,
    namespace: scene.namespace,
  });
});

test('a version that is not served is told with those that are, an unknown kind with the operator that brings it', async () => {
  scene.write('0000-hub.yaml', {
    ...backstage('hub', 'gitlab-secrets'),
    apiVersion: 'rhdh.redhat.com/v1alpha9',
  });
  scene.write('0100-secret.yaml', {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'login' },
    spec: {},
  });
  const { code, findings } = await plan();
  expect(code).toBe(1);
  expect(findings).toEqual([
    [
      'version-not-served',
      '0000-hub.yaml:1',
      expect.stringMatching(
        /^the API server does not serve Backstage in rhdh\.redhat\.com\/v1alpha9, but in rhdh\.redhat\.com\/v1alpha\d/,
      ),
      'Use one of these versions, or the release of the operator that brings rhdh.redhat.com/v1alpha9.',
    ],
    [
      'kind-not-served',
      '0100-secret.yaml:1',
      'the API server does not know ExternalSecret (external-secrets.io/v1)',
      'Install the External Secrets operator, which brings it.',
    ],
  ]);
});

test('a change of a StatefulSet that Kubernetes forbids is told with the way out', async () => {
  scene.write('0000-db.yaml', statefulSet('db'));
  expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });
  scene.edit('0000-db.yaml', (text) => text.replace('serviceName: db', 'serviceName: other'));
  const { code, findings } = await plan();
  expect(code).toBe(1);
  expect(findings).toEqual([
    [
      'immutable-field',
      '0000-db.yaml:1',
      expect.stringMatching(
        /^StatefulSet\/db exists and cannot be changed like this: .*updates to statefulset spec/,
      ),
      `Undo the change, or delete the StatefulSet alone, which keeps its pods and volumes, and apply again: oc delete statefulset db -n ${scene.namespace} --cascade=orphan`,
    ],
  ]);
});

test('a field that the API server does not know is told, of a kind of Kubernetes and of a custom one', async () => {
  scene.write('0000-settings.yaml', { ...configMap('settings', { key: 'value' }), dataa: { key: 'value' } });
  scene.write('0200-hub.yaml', { ...backstage('hub'), spec: { databaze: { enableLocalDb: false } } });
  const { code, findings } = await plan();
  expect(code).toBe(1);
  expect(findings).toEqual([
    [
      'invalid-object',
      '0000-settings.yaml:1',
      expect.stringMatching(/^ConfigMap\/settings is not valid: .*dataa/),
      undefined,
    ],
    [
      'invalid-object',
      '0200-hub.yaml:1',
      expect.stringMatching(/^Backstage\/hub is not valid: .*databaze/),
      undefined,
    ],
  ]);
});

test('a hub whose data is in the operator’s local database is told, unless it is to be thrown away', async () => {
  const { namespace } = scene;
  await cluster.client.apply({ ...backstage('hub'), metadata: { name: 'hub', namespace }, spec: {} });
  const database = statefulSet('backstage-psql-hub');
  await cluster.client.apply({ ...database, metadata: { ...database.metadata, namespace } });
  scene.write('0200-hub.yaml', backstage('hub'));
  const stays =
    "Backstage/hub uses the operator's local database (StatefulSet/backstage-psql-hub); its data would stay behind";

  expect(await plan()).toMatchObject({
    code: 1,
    findings: [
      [
        'local-database',
        '0200-hub.yaml:1',
        stays,
        'Move it with `cdk8s-rhdh migrate`, or begin with empty databases: --discard-local-database.',
      ],
    ],
  });
  expect(await plan(scene.kubeconfig, '--discard-local-database')).toMatchObject({
    code: 2,
    findings: [['local-database', '0200-hub.yaml:1', stays, undefined]],
  });
});

test('a namespace that is being deleted is told', async () => {
  const { namespace } = scene;
  scene.write('0000-settings.yaml', configMap('settings', { key: 'value' }));
  const held = {
    ...configMap('held', {}),
    metadata: { name: 'held', namespace, finalizers: ['example.com/x'] },
  };
  await cluster.client.apply(held);
  await cluster.client.delete({ apiVersion: 'v1', kind: 'Namespace', name: namespace });

  const { code, findings } = await plan();

  expect(code).toBe(1);
  expect(findings[0]).toEqual([
    'namespace-terminating',
    undefined,
    `the namespace ${namespace} is being deleted`,
    'Wait until it is gone, then run again with --create-namespace.',
  ]);
  const reference = { apiVersion: 'v1', kind: 'ConfigMap', name: 'held', namespace };
  await cluster.client.merge(reference, { metadata: { finalizers: null } });
});

test('everything that something refers to and that is nowhere is named, with who refers to it and its file', async () => {
  const { namespace } = scene;
  const db = statefulSet('db');
  scene.write('0000-db.yaml', {
    ...db,
    spec: {
      ...db.spec,
      template: {
        ...db.spec.template,
        spec: {
          serviceAccountName: 'no-account',
          containers: [
            { name: 'main', image: 'example.com/image:1', envFrom: [{ secretRef: { name: 'no-secret' } }] },
          ],
          volumes: [
            { name: 'files', configMap: { name: 'no-config' } },
            { name: 'disk', persistentVolumeClaim: { claimName: 'no-claim' } },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            storageClassName: 'no-class',
            resources: { requests: { storage: '1Gi' } },
          },
        },
      ],
    },
  });
  const { code, findings } = await plan();
  const missing = (name: string, place = ` in the namespace ${namespace}`) => [
    'missing-reference',
    '0000-db.yaml:1',
    `${name}, which StatefulSet/db refers to, does not exist${place}`,
    'Create it first, or add it to the bundle of this or an earlier stage.',
  ];
  expect(code).toBe(1);
  expect(findings).toEqual([
    missing('ConfigMap/no-config'),
    missing('Secret/no-secret'),
    missing('PersistentVolumeClaim/no-claim'),
    missing('ServiceAccount/no-account'),
    missing('StorageClass/no-class', ''),
  ]);
});

test('a plugin of another z-stream than that of the operator, which has no checksum for it, is told', async () => {
  const { client } = cluster;
  // Not one of the orchestrator's: other tests use those on this cluster.
  const name = '@redhat/backstage-plugin-of-a-z-stream';
  const list = (plugin: object) => ({ 'dynamic-plugins.yaml': toYaml({ plugins: [plugin] }) });
  const findingsWith = async (plugin: object) => {
    const hub = backstage('hub');
    const spec = { ...hub.spec, application: { dynamicPluginsConfigMapName: 'plugins' } };
    scene.write('0200-hub.yaml', configMap('plugins', list(plugin)), { ...hub, spec });
    return (await plan()).findings;
  };
  expect(await findingsWith({ package: `${name}@1.8.2` })).toEqual([]);

  const namespace = `${scene.namespace}-operator`;
  const defaults = configMap(
    'default-dynamic-plugins',
    list({ disabled: true, package: `${name}@1.8.12`, integrity: 'sha512-abc' }),
  );
  await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await client.apply({
    ...configMap('rhdh-default-config', {
      'dynamic-plugins.yaml': `# of the operator\n---\n${toYaml(defaults)}`,
    }),
    metadata: { name: 'rhdh-default-config', namespace },
  });
  expect(await findingsWith({ package: `${name}@1.8.2` })).toEqual([
    [
      'plugin-without-checksum',
      '0200-hub.yaml:1',
      `ConfigMap/plugins asks for ${name}@1.8.2 without integrity, whose checksum the operator in this cluster does not know: its default list has ${name}@1.8.12`,
      "Write the z-stream of the operator in the app, as in RhdhRelease.V1_8.withZStream('1.8.7'), or the plugin's integrity.",
    ],
  ]);
  for (const right of [
    { package: `${name}@1.8.12` },
    { package: `${name}@1.8.2`, integrity: 'sha512-abc' },
    { package: `${name}@1.8.2`, disabled: true },
    { package: './dynamic-plugins/dist/some' },
    { package: 'another-package@1.0.0' },
  ]) {
    expect(await findingsWith(right)).toEqual([]);
  }
});

test('every right that is lacking is told: on objects, on the lock, on a namespace that is to be created', async () => {
  const { namespace } = scene;
  const { client } = cluster;
  scene.write('0000-settings.yaml', configMap('settings', {}));
  const some = await cluster.kubeconfigOf(namespace, 'some', [
    { apiGroups: [''], resources: ['configmaps'], verbs: ['create', 'patch'] },
    {
      apiGroups: ['coordination.k8s.io'],
      resources: ['leases'],
      verbs: ['get', 'create', 'update', 'delete'],
    },
  ]);
  const messages = async (...options: string[]) =>
    (await plan(some, ...options)).findings.map(([, , message]) => message);
  expect(await messages()).toEqual([
    `you may not get namespaces ${namespace} in the namespace ${namespace}`,
    `you may not get configmaps settings, cdk8s-rhdh-rollout, cdk8s-rhdh-move in the namespace ${namespace}`,
    `you may not list leases.coordination.k8s.io cdk8s-rhdh in the namespace ${namespace}`,
  ]);

  const name = `${namespace}-reader`;
  const rbac = 'rbac.authorization.k8s.io';
  const role = { apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name } };
  const binding = { apiVersion: `${rbac}/v1`, kind: 'ClusterRoleBinding', metadata: { name } };
  await client.apply({
    ...role,
    rules: [
      { apiGroups: [''], resources: ['namespaces'], verbs: ['get'] },
      { apiGroups: ['*'], resources: ['configmaps', 'leases'], verbs: ['*'] },
    ],
  });
  await client.apply({
    ...binding,
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name: 'some', namespace }],
  });
  scene.edit('0000-settings.yaml', (text) => text.replace(`namespace: ${namespace}`, 'namespace: not-there'));
  expect(await messages('--create-namespace')).toEqual([
    'you may not create, patch namespaces in the cluster',
  ]);
  for (const object of [binding, role]) await client.delete({ ...object, name });
});
