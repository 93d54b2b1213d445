import { Duration, Size } from 'cdk8s';
import { serverIn, tlsModes } from '../../test/unit/servers';
import { objectOf, objectsOf, problemsOf, stageOf } from '../../test/unit/stage';
import { LocalPostgres } from '../hub/local-postgres';
import { StageKind } from '../stages/stage-kind';
import { DatabaseMigration, type DatabaseMigrationProps } from './database-migration';
import { ProofExtent } from './proof-extent';
import { scriptFiles } from './scripts';

function migrationOf(props: Partial<DatabaseMigrationProps> = {}) {
  const stage = stageOf(StageKind.MIGRATION);
  const source = new LocalPostgres(stage, 'local', { hub: 'developer-hub' });
  const target = serverIn(stage);
  return new DatabaseMigration(stage, 'migration', { source, target, name: 'developer-hub', ...props });
}

function containerOf(props: Partial<DatabaseMigrationProps> = {}) {
  return objectOf(migrationOf(props), 'Job').spec.template.spec.containers[0];
}

const name = 'migrate-databases-developer-hub';

test('every property reaches the Job', () => {
  const stage = stageOf(StageKind.MIGRATION);
  const props: Required<DatabaseMigrationProps> = {
    source: new LocalPostgres(stage, 'local', { hub: 'developer-hub' }),
    target: serverIn(stage),
    name: 'developer-hub',
    databasePrefix: 'blue_',
    include: ['chats', 'flow*'],
    exclude: ['blue_old$(A)'],
    mappings: [
      { sourceDatabase: 'flows', sourceSchema: 'jobs', targetDatabase: 'all', targetSchema: 'new$(A)' },
      { sourceDatabase: 'old', targetDatabase: 'new' },
    ],
    workers: 5,
    proof: ProofExtent.SAMPLE,
    trial: false,
    image: 'registry.example.com/psql:16',
    deadline: Duration.hours(3),
    memory: Size.gibibytes(1),
  };
  const migration = new DatabaseMigration(stage, 'migration', props);
  const { metadata, spec } = objectOf(migration, 'Job');
  expect(migration.jobName).toBe(name);
  expect(metadata).toEqual({ name, namespace: 'rhdh', labels: { 'cdk8s-rhdh/move': 'developer-hub' } });
  expect(spec.activeDeadlineSeconds).toBe(10800);
  const [container] = spec.template.spec.containers;
  expect(container.image).toBe('registry.example.com/psql:16');
  expect(container.resources.limits).toEqual({ memory: '1024Mi' });
  const secret = 'backstage-psql-secret-developer-hub';
  expect(container.env).toEqual([
    { name: 'MOVE_COMMAND', value: 'copy' },
    { name: 'MOVE_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    {
      name: 'MOVE_INCLUDE',
      value: 'blue_*\nbackstage_plugin_orchestrator\nrhdh-ls\nsonataflow\nchats\nflow*',
    },
    { name: 'MOVE_EXPECTED', value: 'blue_*\nchats\nflow*' },
    { name: 'MOVE_EXCLUDE', value: 'blue_old$$(A)' },
    { name: 'MOVE_MAPPINGS', value: 'flows\tjobs\tall\tnew$$(A)\nold\t\tnew\t' },
    { name: 'MOVE_WORKERS', value: '5' },
    { name: 'MOVE_PROOF', value: 'sample' },
    { name: 'MOVE_TRIAL', value: 'off' },
    { name: 'REPORT_CONFIG_MAP', value: name },
    { name: 'KUBERNETES_API', value: 'https://kubernetes.default.svc' },
    { name: 'SOURCE_HOST', value: 'backstage-psql-developer-hub.rhdh.svc.cluster.local' },
    { name: 'SOURCE_PORT', value: '5432' },
    { name: 'SOURCE_USER', valueFrom: { secretKeyRef: { name: secret, key: 'POSTGRES_USER' } } },
    { name: 'SOURCE_PASSWORD', valueFrom: { secretKeyRef: { name: secret, key: 'POSTGRES_PASSWORD' } } },
    { name: 'SOURCE_SSLMODE', value: 'disable' },
    { name: 'SOURCE_MAINTENANCE_DATABASE', value: 'postgres' },
    { name: 'TARGET_HOST', value: 'db.data.svc.cluster.local' },
    { name: 'TARGET_PORT', value: '5432' },
    { name: 'TARGET_USER', valueFrom: { secretKeyRef: { name: 'login', key: 'POSTGRES_USER' } } },
    { name: 'TARGET_PASSWORD', valueFrom: { secretKeyRef: { name: 'login', key: 'POSTGRES_PASSWORD' } } },
    { name: 'TARGET_SSLMODE', value: 'disable' },
    { name: 'TARGET_MAINTENANCE_DATABASE', value: 'postgres' },
  ]);
  expect(problemsOf(migration)).toEqual([]);
});

test('the least that can be said copies the databases of the usual prefix, with the tools of the target', () => {
  const container = containerOf();
  expect(container.env).toContainEqual({
    name: 'MOVE_INCLUDE',
    value: 'backstage_plugin_*\nbackstage_plugin_orchestrator\nrhdh-ls\nsonataflow',
  });
  expect(container.env).toContainEqual({ name: 'MOVE_WORKERS', value: '' });
  expect(container.env).toContainEqual({ name: 'MOVE_EXPECTED', value: '' });
  expect(container.env).toContainEqual({ name: 'MOVE_PROOF', value: 'full' });
  expect(container.env).toContainEqual({ name: 'MOVE_TRIAL', value: 'on' });
  expect(container.image).toBe(serverIn(stageOf()).clientImage);
  expect(objectOf(migrationOf(), 'Job').spec.activeDeadlineSeconds).toBe(86400);
});

test('the scripts are one ConfigMap, mounted where the command finds its entry', () => {
  const migration = migrationOf();
  expect(objectOf(migration, 'ConfigMap')).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${name}-scripts`, namespace: 'rhdh', labels: { 'cdk8s-rhdh/move': 'developer-hub' } },
    data: scriptFiles,
  });
  const { containers, volumes } = objectOf(migration, 'Job').spec.template.spec;
  expect(containers[0].command).toEqual(['bash', '-c', 'exec bash /opt/cdk8s-rhdh/move.sh']);
  expect(containers[0].volumeMounts).toContainEqual({
    name: 'scripts',
    mountPath: '/opt/cdk8s-rhdh',
    readOnly: true,
  });
  expect(volumes).toContainEqual({ name: 'scripts', configMap: { name: `${name}-scripts` } });
});

test('each server has the authority of its own', () => {
  const stage = stageOf(StageKind.MIGRATION);
  const source = serverIn(stage, { tls: tlsModes['verify-full'] });
  const target = new LocalPostgres(stage, 'local', { hub: 'developer-hub' });
  new DatabaseMigration(stage, 'migration', { source, target, name: 'developer-hub' });
  const { containers, volumes } = objectOf(stage, 'Job').spec.template.spec;
  expect(containers[0].env).toContainEqual({ name: 'SOURCE_SSLMODE', value: 'verify-full' });
  expect(containers[0].env).toContainEqual({ name: 'SOURCE_SSLROOTCERT', value: '/etc/source-ca/root.pem' });
  expect(containers[0].volumeMounts).toContainEqual({
    name: 'source-ca',
    mountPath: '/etc/source-ca',
    readOnly: true,
  });
  expect(volumes).toContainEqual({
    name: 'source-ca',
    configMap: { name: 'db-ca', items: [{ key: 'root.pem', path: 'root.pem' }] },
  });
});

test('the account may write the reports and nothing else', () => {
  const reports = ['', '-preflight', '-fence', '-unfence', '-sessions', '-written'].map(
    (end) => `${name}${end}`,
  );
  expect(objectOf(migrationOf(), 'Role').rules).toEqual([
    { apiGroups: [''], resources: ['configmaps'], verbs: ['create'] },
    { apiGroups: [''], resources: ['configmaps'], resourceNames: reports, verbs: ['get', 'patch'] },
  ]);
  expect(objectsOf(migrationOf()).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    `ServiceAccount ${name}`,
    `Role ${name}`,
    `RoleBinding ${name}`,
    `ConfigMap ${name}-scripts`,
    `Job ${name}`,
  ]);
});

test('what another try would not change ends the Job at once', () => {
  expect(objectOf(migrationOf(), 'Job').spec.podFailurePolicy).toEqual({
    rules: [{ action: 'FailJob', onExitCodes: { containerName: 'migrate', operator: 'In', values: [2, 3] } }],
  });
});
