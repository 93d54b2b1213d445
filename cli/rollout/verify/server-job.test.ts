import { parse } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { ObjectSet } from '../gates/object-set';
import type { RolloutObject } from '../stages/rollout-stage';
import { clientImage, serverJob } from './server-job';

const workload = (container: string, volumes = '[]') =>
  parse(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: backstage-hub, namespace: rhdh }
spec: { template: { spec: { containers: [${container}], volumes: ${volumes} } } }
`) as KubeObject;

const login = parse(`
apiVersion: v1
kind: Secret
metadata: { name: login, namespace: rhdh }
data: { POSTGRES_HOST: ZGI=, POSTGRES_PORT: NTQzMg==, POSTGRES_USER: aHVi, POSTGRES_PASSWORD: c2VjcmV0 }
`) as KubeObject;

const jobOf = (object: KubeObject) =>
  serverJob(object, new ObjectSet([login]), {
    name: 'verify-1',
    image: 'example.com/psql',
    databases: ['hub$', 'postgres'],
  });
const partsOf = (object: KubeObject) => {
  const { containers, volumes } = jobOf(object).spec.template.spec;
  return { env: containers[0].env, volumes, volumeMounts: containers[0].volumeMounts };
};

test("the Job logs in as the hub's container does, by references to the same Secret", () => {
  const hub = workload('{ name: backstage-backend, envFrom: [{ secretRef: { name: login } }] }');
  const from = (name: string, key: string) => ({
    name,
    valueFrom: { secretKeyRef: { name: 'login', key } },
  });
  expect(partsOf(hub)).toEqual({
    env: [
      from('PGHOST', 'POSTGRES_HOST'),
      from('PGPORT', 'POSTGRES_PORT'),
      from('PGUSER', 'POSTGRES_USER'),
      from('PGPASSWORD', 'POSTGRES_PASSWORD'),
      { name: 'VERIFY_DATABASES', value: 'hub$$\npostgres' },
      { name: 'PGSSLMODE', value: 'prefer' },
    ],
    volumes: [{ name: 'tmp', emptyDir: {} }],
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
  });
  expect(JSON.stringify(jobOf(hub))).not.toContain('secret"');
});

test('it is deleted by Kubernetes should nobody else do so', () => {
  const { metadata, spec } = jobOf(workload('{ name: backstage-backend }'));
  expect(metadata).toEqual({ name: 'verify-1', namespace: 'rhdh' });
  expect([spec.activeDeadlineSeconds, spec.ttlSecondsAfterFinished, spec.backoffLimit]).toEqual([
    120, 300, 0,
  ]);
});

test("it demands the TLS that the hub demands, with the hub's certificate", () => {
  const hub = workload(
    `{
      name: backstage-backend,
      env: [{ name: PGSSLMODE, value: verify-full }, { name: NODE_EXTRA_CA_CERTS, value: /opt/ca/ca.pem }],
      volumeMounts: [{ name: other, mountPath: /opt/c }, { name: ca, mountPath: /opt/ca/ca.pem, subPath: ca.pem }],
    }`,
    '[{ name: other, emptyDir: {} }, { name: ca, configMap: { name: authority } }]',
  );
  const { env, volumes, volumeMounts } = partsOf(hub);
  expect(env.slice(1)).toEqual([
    { name: 'PGSSLMODE', value: 'verify-full' },
    { name: 'PGSSLROOTCERT', value: '/opt/ca/ca.pem' },
  ]);
  expect(volumes).toContainEqual({ name: 'ca', configMap: { name: 'authority' } });
  expect(volumeMounts).toContainEqual({
    name: 'ca',
    mountPath: '/opt/ca/ca.pem',
    subPath: 'ca.pem',
    readOnly: true,
  });
});

test.each([
  ['no-verify', 'require'],
  ['verify-ca', 'verify-full'],
  ['require', 'verify-full'],
  ['disable', 'prefer'],
])('PGSSLMODE=%s of node-postgres is %s of libpq', (mode, expected) => {
  const hub = workload(`{ name: backstage-backend, env: [{ name: PGSSLMODE, value: ${mode} }] }`);
  expect(partsOf(hub).env.at(-1)).toEqual({ name: 'PGSSLMODE', value: expected });
});

test('the image is that of a Job that connects, else that of a PostgreSQL, else nothing', () => {
  const item = (kind: string, image: string, env: object[] = []): RolloutObject => {
    const object = {
      apiVersion: 'x/v1',
      kind,
      metadata: { name: 'x' },
      spec: { template: { spec: { containers: [{ name: 'main', image, env }] } } },
    };
    return { object, manifest: { object, file: 'x.yaml', line: 1 }, stage: 'x', stageIndex: 0 };
  };
  const server = item('StatefulSet', 'example.com/postgresql-15');
  const other = item('Job', 'example.com/other');
  const psql = item('Job', 'example.com/psql', [{ name: 'PGHOST' }]);
  expect(clientImage([server, other, psql])).toBe('example.com/psql');
  expect(clientImage([other, server])).toBe('example.com/postgresql-15');
  expect(clientImage([other])).toBeUndefined();
});
