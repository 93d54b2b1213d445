import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { validateAgainstCrd } from '../unit/crds/validate';
import { TestFolder } from '../unit/folder';

type Manifest = Record<string, any>;

const crds: Readonly<Record<string, string>> = {
  Backstage: readFileSync('crds/backstage.yaml', 'utf8'),
  SonataFlowPlatform: readFileSync('crds/sonataflowplatform.yaml', 'utf8'),
};

const folder = new TestFolder();

/** Runs an example as its first lines say, and gives the objects of each file. */
function synthesize(example: string): Record<string, Manifest[]> {
  const { status, stderr } = spawnSync('npm', ['run', '--silent', 'synth', '--', `examples/${example}.ts`], {
    encoding: 'utf8',
    env: { ...process.env, CDK8S_OUTDIR: `${folder.path}/${example}` },
  });
  expect([status, stderr]).toEqual([0, '']);
  return Object.fromEntries(
    Object.entries(folder.files(example)).map(([path, text]) => [
      path,
      parseAllDocuments(text).map((document) => document.toJS() as Manifest),
    ]),
  );
}

const names = (files: Record<string, Manifest[]>) =>
  Object.fromEntries(
    Object.entries(files).map(([path, objects]) => [
      path,
      objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    ]),
  );

const hubOf = (files: Record<string, Manifest[]>): Manifest =>
  Object.values(files)
    .flat()
    .find(({ kind }) => kind === 'Backstage')!;

function expectValid(files: Record<string, Manifest[]>): void {
  const custom = Object.values(files)
    .flat()
    .filter(({ kind }) => crds[kind] !== undefined);
  expect(custom.flatMap((object) => validateAgainstCrd(object, crds[object.kind]))).toEqual([]);
}

test('every example has a test', () => {
  const examples = readdirSync('examples').filter((name) => name.endsWith('.ts'));
  expect(examples).toEqual(['existing-yaml.ts', 'managed-service.ts', 'move.ts', 'own-app.ts']);
});

test('a managed service: verified TLS reaches the hub, and a vault has the login', () => {
  const files = synthesize('managed-service');
  expect(names(files)).toEqual({
    '0000-postgres.k8s.yaml': ['ExternalSecret external-postgres'],
    '0200-backstage.k8s.yaml': ['ConfigMap dynamic-plugins-rhdh', 'Backstage developer-hub'],
    '0300-sonataflow.k8s.yaml': [
      'NetworkPolicy allow-infra-ns-to-workflow-ns',
      'NetworkPolicy allow-external-communication',
      'NetworkPolicy allow-intra-network',
      'NetworkPolicy allow-monitoring-to-sonataflow-and-workflows',
      'Job create-sonataflow-database',
      'SonataFlowPlatform sonataflow-platform',
    ],
    '0400-orchestrator.k8s.yaml': ['ConfigMap dynamic-plugins-rhdh'],
  });
  expectValid(files);
  const { application, database } = hubOf(files).spec;
  expect([database, application.extraEnvs, application.extraFiles]).toEqual([
    { enableLocalDb: false },
    {
      secrets: [{ name: 'hub-secrets' }, { name: 'external-postgres' }],
      envs: [
        { name: 'PGSSLMODE', value: 'verify-full' },
        { name: 'NODE_EXTRA_CA_CERTS', value: '/opt/app-root/src/trusted-ca/global-bundle.pem' },
      ],
    },
    {
      configMaps: [{ name: 'rds-ca', key: 'global-bundle.pem', mountPath: '/opt/app-root/src/trusted-ca' }],
    },
  ]);
});

test('existing YAML: only the database changes, in the sidecar too', () => {
  const files = synthesize('existing-yaml');
  expectValid(files);
  const read = (name: string): Manifest =>
    parseAllDocuments(readFileSync(`examples/existing-yaml/${name}.yaml`, 'utf8'))[0].toJS() as Manifest;
  const inNamespace = ({ metadata, ...rest }: Manifest): Manifest => ({
    ...rest,
    metadata: { ...metadata, namespace: 'team-hub' },
  });
  const hub = inNamespace(read('backstage'));
  hub.spec.database.enableLocalDb = false;
  hub.spec.application.extraEnvs.secrets.push({ name: 'hub-postgres-secret' });
  hub.spec.application.extraEnvs.envs.push({ name: 'PGSSLMODE', value: 'disable' });
  const [sidecar] = hub.spec.deployment.patch.spec.template.spec.containers;
  sidecar.envFrom = [{ secretRef: { name: 'hub-postgres-secret' } }];
  expect(files['0200-backstage.k8s.yaml']).toEqual([
    inNamespace(read('dynamic-plugins')),
    hub,
    inNamespace(read('app-config')),
  ]);
});

test('a move: the Job between the two servers comes before the hub, and changes nothing of it', () => {
  const files = synthesize('move');
  expect(names(files)).toEqual({
    '0000-postgres.k8s.yaml': [
      'ServiceAccount generate-hub-postgres-secret',
      'Role generate-hub-postgres-secret',
      'RoleBinding generate-hub-postgres-secret',
      'Job generate-hub-postgres-secret',
      'StatefulSet hub-postgres',
      'Service hub-postgres',
    ],
    '0100-migration.k8s.yaml': [
      'ServiceAccount migrate-databases-team-hub',
      'Role migrate-databases-team-hub',
      'RoleBinding migrate-databases-team-hub',
      'ConfigMap migrate-databases-team-hub-scripts',
      'Job migrate-databases-team-hub',
    ],
    '0200-backstage.k8s.yaml': [
      'ConfigMap team-hub-plugins',
      'Backstage team-hub',
      'ConfigMap team-hub-app-config',
    ],
  });
  expect(files['0200-backstage.k8s.yaml']).toEqual(synthesize('existing-yaml')['0200-backstage.k8s.yaml']);
  const job = files['0100-migration.k8s.yaml'].at(-1)!;
  const env: Manifest[] = job.spec.template.spec.containers[0].env;
  const secrets = env.filter(({ name }) => name.endsWith('_PASSWORD')).map(({ valueFrom }) => valueFrom);
  expect(secrets).toEqual([
    { secretKeyRef: { name: 'backstage-psql-secret-team-hub', key: 'POSTGRES_PASSWORD' } },
    { secretKeyRef: { name: 'hub-postgres-secret', key: 'POSTGRES_PASSWORD' } },
  ]);
});

test('an app of one’s own: the hub reads a login whose keys have other names', () => {
  const files = synthesize('own-app');
  expect(names(files)).toEqual({
    '0000-namespaces.k8s.yaml': ['Namespace team-hub'],
    '0200-team-hub.k8s.yaml': [
      'ConfigMap team-hub-app-config',
      'PersistentVolumeClaim dynamic-plugins-root',
      'ConfigMap dynamic-plugins-rhdh',
      'Backstage team-hub',
    ],
  });
  expectValid(files);
  const variable = (name: string, key: string) => ({
    name,
    valueFrom: { secretKeyRef: { name: 'shared-superuser', key } },
  });
  const { deployment, database } = hubOf(files).spec;
  expect([database, deployment.patch.spec.template.spec.containers]).toEqual([
    { enableLocalDb: false },
    [
      {
        name: 'backstage-backend',
        env: [variable('POSTGRES_USER', 'username'), variable('POSTGRES_PASSWORD', 'password')],
      },
    ],
  ]);
});
