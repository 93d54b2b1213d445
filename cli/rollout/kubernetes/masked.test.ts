import { parse } from 'yaml';
import type { KubeObject } from './object';
import { masked, secretsIn } from './masked';

const object = (text: string) => parse(text) as KubeObject;

const digest = /^\*\*\* \([0-9a-f]{6}\)$/;

test('values of a Secret are digests, the same for the same value alone', () => {
  const { data, stringData, metadata } = masked(
    object(`
apiVersion: v1
kind: Secret
metadata: { name: x }
data: { a: c2VjcmV0, b: c2VjcmV0, c: b3RoZXI= }
stringData: { d: secret }
`),
  );
  expect(Object.values({ ...data, ...stringData })).toEqual(Array(4).fill(expect.stringMatching(digest)));
  expect(data.a).toBe(data.b);
  expect(data.a).not.toBe(data.c);
  expect(metadata).toEqual({ name: 'x' });
});

test.each(['DB_PASSWORD', 'passwd', 'API_TOKEN', 'clientSecret', 'PRIVATE_KEY', 'CREDENTIALS'])(
  'the value of a variable called %s is a digest, anywhere',
  (name) => {
    const env = [
      { name, value: 'secret' },
      { name: 'LEVEL', value: 'info' },
    ];
    const { spec } = masked({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'x' },
      spec: { containers: [{ env }] },
    });
    expect(spec.containers[0].env).toEqual([
      { name, value: expect.stringMatching(digest) as string },
      { name: 'LEVEL', value: 'info' },
    ]);
  },
);

test('a ConfigMap with the same keys is shown', () => {
  const configMap = object('{ apiVersion: v1, kind: ConfigMap, metadata: { name: x }, data: { a: b } }');
  expect(masked(configMap)).toEqual(configMap);
});

test('annotations of a Secret are digests: backups and tools keep its content there', () => {
  const secret = object(
    '{ apiVersion: v1, kind: Secret, metadata: { name: x, annotations: { backup: hunter2 } } }',
  );
  expect(masked(secret).metadata.annotations).toEqual({ backup: expect.stringMatching(digest) as string });
});

test('fields that hold a secret are digests, and those that name one are not', () => {
  const spec = {
    password: 'hunter2',
    apiKey: 'hunter2',
    clientSecret: 'hunter2',
    'db.password': 'hunter2',
    passwordKey: 'POSTGRES_PASSWORD',
    secretName: 'login',
    secretRef: { name: 'login' },
    automountServiceAccountToken: false,
  };
  const shown = masked({ apiVersion: 'v1', kind: 'X', metadata: { name: 'x' }, spec }).spec;
  expect(JSON.stringify(shown)).not.toContain('hunter2');
  expect(shown).toMatchObject({
    passwordKey: 'POSTGRES_PASSWORD',
    secretName: 'login',
    secretRef: { name: 'login' },
    automountServiceAccountToken: false,
  });
});

test('the secrets of an object are known in every form that an answer may quote', () => {
  expect(
    secretsIn(object('{ apiVersion: v1, kind: Secret, metadata: { name: x }, data: { a: aHVudGVyMg== } }')),
  ).toEqual(['hunter2', 'aHVudGVyMg==']);
  expect(
    secretsIn(object('{ apiVersion: v1, kind: ConfigMap, metadata: { name: x }, data: { a: b } }')),
  ).toEqual([]);
});

test('an argument that follows an option called like a secret is a digest, and one after any other is not', () => {
  const args = [
    '--db-password',
    'hunter2',
    '-token',
    '$(TOKEN)',
    '--token-file',
    '/etc/token',
    '--level',
    'info',
    '--password',
  ];
  const { spec } = masked({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'x' },
    spec: { containers: [{ args }] },
  });
  expect(spec.containers[0].args).toEqual(
    args.map((arg) => (arg === 'hunter2' ? (expect.stringMatching(digest) as string) : arg)),
  );
});
