import { cloudNativePgKeys, serverIn, tlsModes } from '../../test/unit/servers';
import { objectOf, problemsOf, stageOf } from '../../test/unit/stage';
import type { SecretKeys } from '../database/secret-keys';
import type { PostgresTls } from '../database/tls';
import { Hub } from './hub';
import { Lightspeed, type LightspeedProps } from './lightspeed';
import { RhdhRelease } from '../operators/release';

function lightspeedWith(
  props: Partial<LightspeedProps> = {},
  database: { tls?: PostgresTls; keys?: SecretKeys } = {},
) {
  const stage = stageOf();
  const hub = new Hub(stage, 'hub', { name: 'hub', release: RhdhRelease.V1_8 });
  hub.connect(serverIn(stage, database));
  const lightspeed = new Lightspeed(stage, 'lightspeed', { hub, ...props });
  const { containers, initContainers, volumes } = objectOf(stage, 'Backstage').spec.deployment.patch.spec
    .template.spec;
  const container = (name: string) =>
    containers.find((candidate: { name: string }) => candidate.name === name);
  return {
    stage,
    hub,
    lightspeed,
    volumes,
    init: initContainers[0],
    stack: container('llama-stack'),
    core: container('lightspeed-core'),
  };
}

const secrets = (...names: string[]) => names.map((name) => ({ secretRef: { name } }));
const jobOf = (scope: Parameters<typeof objectOf>[0]) => objectOf(scope, 'Job');

test('every property reaches the sidecars and the Job', () => {
  const stage = stageOf();
  const hub = new Hub(stage, 'hub', { name: 'hub', release: RhdhRelease.V1_9 });
  hub.connect(serverIn(stage));
  const props: Required<LightspeedProps> = {
    hub,
    databaseName: 'chats',
    jobName: 'create-chats',
    stackConfigMapName: 'my-stack',
    llamaStackSecretNames: ['model'],
    lightspeedCoreSecretNames: ['core'],
    llamaStackImage: 'stack:1',
    lightspeedCoreImage: 'core:1',
    ragContentImage: 'rag:1',
  };
  const lightspeed = new Lightspeed(stage, 'lightspeed', props);
  const { containers, initContainers, volumes } = objectOf(stage, 'Backstage').spec.deployment.patch.spec
    .template.spec;
  expect(lightspeed.databaseName).toBe('chats');
  expect(jobOf(stage).metadata.name).toBe('create-chats');
  expect(jobOf(stage).spec.template.spec.containers[0].env).toContainEqual({
    name: 'DATABASE_NAME',
    value: 'chats',
  });
  expect(volumes[0]).toEqual({ name: 'lightspeed-stack', configMap: { name: 'my-stack' } });
  expect(initContainers.map(({ name, image }: any) => [name, image])).toEqual([['init-rag-data', 'rag:1']]);
  expect(containers.map(({ name, image, envFrom }: any) => [name, image, envFrom])).toEqual([
    ['llama-stack', 'stack:1', secrets('model', 'login')],
    ['lightspeed-core', 'core:1', secrets('core', 'login')],
  ]);
  expect(problemsOf(stage)).toEqual([]);
});

test('they are the sidecars of the lab unless said otherwise', () => {
  const { stage, lightspeed, stack, core, init, volumes } = lightspeedWith();
  expect(lightspeed.databaseName).toBe('rhdh-ls');
  expect(jobOf(stage).metadata.name).toBe('create-lightspeed-database-hub');
  expect(stack.envFrom).toEqual(secrets('llama-stack-secrets', 'rhdh-secrets', 'login'));
  expect(core.envFrom).toEqual(secrets('rhdh-secrets', 'login'));
  expect([stack.image, core.image, init.image]).toEqual([
    'quay.io/redhat-ai-dev/llama-stack:0.1.1',
    'quay.io/lightspeed-core/lightspeed-stack:dev-20251021-ee9f08f',
    'quay.io/redhat-ai-dev/rag-content:release-1.8-lcs',
  ]);
  expect(volumes).toEqual([
    { name: 'lightspeed-stack', configMap: { name: 'lightspeed-stack' } },
    { name: 'shared-storage', emptyDir: {} },
    { name: 'rag-data-volume', emptyDir: {} },
  ]);
});

test('the address stands beside a Secret that lacks it, and the login is mapped where the keys have other names', () => {
  const address = [
    { name: 'POSTGRES_HOST', value: 'db.data.svc.cluster.local' },
    { name: 'POSTGRES_PORT', value: '5432' },
  ];
  const whole = lightspeedWith();
  expect([whole.stack.env, whole.core.env]).toEqual([address, address]);
  const mapped = lightspeedWith({}, { keys: cloudNativePgKeys });
  expect(mapped.core.envFrom).toEqual(secrets('rhdh-secrets'));
  expect(mapped.core.env.map(({ name, valueFrom }: any) => [name, valueFrom.secretKeyRef.key])).toEqual([
    ['POSTGRES_HOST', 'host'],
    ['POSTGRES_PORT', 'port'],
    ['POSTGRES_USER', 'username'],
    ['POSTGRES_PASSWORD', 'password'],
  ]);
});

test('a Secret that holds everything needs no variable beside it', () => {
  expect(
    lightspeedWith({}, { keys: { host: 'POSTGRES_HOST', port: 'POSTGRES_PORT' } }).core,
  ).not.toHaveProperty('env');
});

test('both sidecars verify the server, with the file of the authority', () => {
  const { stack, core, volumes } = lightspeedWith({}, { tls: tlsModes['verify-full'] });
  for (const { env, volumeMounts } of [stack, core]) {
    expect(env).toContainEqual({ name: 'PGSSLMODE', value: 'verify-full' });
    expect(env).toContainEqual({ name: 'PGSSLROOTCERT', value: '/etc/postgres-ca/root.pem' });
    expect(volumeMounts).toContainEqual({
      name: 'postgres-ca',
      mountPath: '/etc/postgres-ca',
      readOnly: true,
    });
  }
  expect(volumes).toContainEqual({
    name: 'postgres-ca',
    configMap: { name: 'db-ca', items: [{ key: 'root.pem', path: 'root.pem' }] },
  });
});

test('RHDH 1.10 gets the sidecars where its own are switched off', () => {
  const stage = stageOf();
  const flavours = [{ name: 'lightspeed', enabled: false }];
  const hub = new Hub(stage, 'hub', { name: 'hub', release: RhdhRelease.V1_10, flavours });
  hub.connect(serverIn(stage));
  new Lightspeed(stage, 'lightspeed', { hub });
  expect(problemsOf(stage)).toEqual([]);
});
