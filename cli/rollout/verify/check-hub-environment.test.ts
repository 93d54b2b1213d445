import { parse, parseAllDocuments } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { ObjectSet } from '../gates/object-set';
import { checkHubEnvironment } from './check-hub-environment';

const hub = parse(`
apiVersion: rhdh.redhat.com/v1alpha4
kind: Backstage
metadata: { name: hub, namespace: rhdh }
spec:
  application: { extraEnvs: { secrets: [{ name: login }] } }
  database: { enableLocalDb: false }
`) as KubeObject;

const encoded = (data: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  );

const login = (name: string, host: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: 'rhdh' },
  data: encoded({
    POSTGRES_HOST: host,
    POSTGRES_PORT: '5432',
    POSTGRES_USER: 'postgres',
    POSTGRES_PASSWORD: 'secret',
  }),
});

const workload = (secret: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: backstage-hub, namespace: rhdh }
spec:
  selector: { matchLabels: { app: hub } }
  template: { spec: { containers: [{ name: backstage-backend, envFrom: [{ secretRef: { name: ${secret} } }] }] } }
`;

const pod = (secret: string, phase = 'Running') => `
apiVersion: v1
kind: Pod
metadata: { name: hub-1, namespace: rhdh, labels: { app: hub } }
spec: { containers: [{ name: backstage-backend, envFrom: [{ secretRef: { name: ${secret} } }] }] }
status: { phase: ${phase} }
`;

const check = (host: string, ...texts: string[]) =>
  checkHubEnvironment(
    hub,
    new ObjectSet([
      login('login', host),
      login('backstage-psql-secret-hub', 'backstage-psql-hub'),
      ...texts.flatMap((text) => parseAllDocuments(text)).map((document) => document.toJS() as KubeObject),
    ]),
  );

test('a hub whose template and pods have the login passes', () => {
  expect(check('my-backstage-psql-hub.rhdh', workload('login'), pod('login'))).toEqual({
    check: 'hub-environment',
    subject: 'Backstage/hub',
    outcome: 'passed',
    message:
      '1 pod is on my-backstage-psql-hub.rhdh, which Secret/login says, and nobody refers to the local database',
    problems: [],
  });
});

test('a pod that still has the local login is named, although the template has the new one', () => {
  expect(check('db', workload('login'), pod('backstage-psql-secret-hub')).problems).toEqual([
    'Pod/hub-1 lacks Secret/login',
    'Pod/hub-1 has the local database in POSTGRES_HOST (backstage-psql-hub, which Secret/backstage-psql-secret-hub says)',
    'Pod/hub-1 refers to Secret/backstage-psql-secret-hub',
    'Pod/hub-1 has Service/backstage-psql-hub in its variable POSTGRES_HOST',
  ]);
});

test('a login that leads to the local Service is found out', () => {
  expect(check('backstage-psql-hub.rhdh.svc', workload('login'), pod('login')).problems).toEqual([
    'Deployment/backstage-hub has the local database in POSTGRES_HOST (backstage-psql-hub.rhdh.svc, which Secret/login says)',
    'Pod/hub-1 has the local database in POSTGRES_HOST (backstage-psql-hub.rhdh.svc, which Secret/login says)',
    'Deployment/backstage-hub has Service/backstage-psql-hub in its variable POSTGRES_HOST',
    'Pod/hub-1 has Service/backstage-psql-hub in its variable POSTGRES_HOST',
  ]);
});

test('a workflow that still uses the local database is named; the local database itself may', () => {
  const other = (name: string) => `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: ${name}, namespace: rhdh }
spec:
  template:
    spec:
      containers: [{ name: main }]
      volumes: [{ name: login, secret: { secretName: backstage-psql-secret-hub } }]
`;
  const texts = [workload('login'), pod('login'), other('greeting'), other('backstage-psql-hub')];
  expect(check('db', ...texts).problems).toEqual([
    'StatefulSet/greeting refers to Secret/backstage-psql-secret-hub',
  ]);
});

test('a hub without a pod that runs, without a workload, or without a login fails', () => {
  expect(check('db', workload('login'), pod('login', 'Failed')).problems).toEqual(['no pod of it runs']);
  expect(check('db').problems).toEqual(['there is no backstage-hub']);
  const bare = workload('login').replace(/, envFrom: \[.*?\]/, '');
  expect(check('db', bare, pod('login')).problems).toEqual([
    'Deployment/backstage-hub lacks Secret/login',
    'Deployment/backstage-hub has no variable POSTGRES_HOST, as far as it can be read',
    'Deployment/backstage-hub has no variable POSTGRES_PORT, as far as it can be read',
    'Deployment/backstage-hub has no variable POSTGRES_USER, as far as it can be read',
    'Deployment/backstage-hub has no variable POSTGRES_PASSWORD, as far as it can be read',
  ]);
});

test('a hub that its bundle leaves on the local database fails', () => {
  const local = { ...hub, spec: { database: { enableLocalDb: true } } };
  expect(checkHubEnvironment(local, new ObjectSet()).problems).toEqual([
    'its resource leaves it on the operator’s local database: spec.database.enableLocalDb is not false',
  ]);
});
