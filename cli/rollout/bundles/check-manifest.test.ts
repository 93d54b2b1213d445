import { checkManifest, objectsOf } from './check-manifest';

const valid = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'hub', namespace: 'rhdh' } };

const found = (value: unknown) =>
  checkManifest(value, 'x.yaml:1').map(({ rule, message }) => [rule, message]);

test.each([
  ['a group with a version', valid],
  ['the core group', { ...valid, apiVersion: 'v1', kind: 'Service' }],
  ['an early version', { ...valid, apiVersion: 'sonataflow.org/v1alpha08', kind: 'SonataFlow' }],
  ['no namespace', { ...valid, metadata: { name: 'hub' } }],
  ['a name that is no DNS name, as RBAC has it', { ...valid, metadata: { name: 'system:hub.Reader' } }],
])('%s is fine', (_, value) => {
  expect(found(value)).toEqual([]);
});

test.each([
  ['text', 'text', 'not-an-object', 'a document that is a string, not a Kubernetes object'],
  ['a list', [valid], 'not-an-object', 'a document that is a list, not a Kubernetes object'],
  ['null', null, 'not-an-object', 'a document that is null, not a Kubernetes object'],
  [
    'a list of one object',
    { apiVersion: 'v1', kind: 'List', items: valid },
    'not-an-object',
    'a List whose items are a map, not a list',
  ],
  ['no kind', { ...valid, kind: undefined }, 'no-kind', 'kind is missing'],
  ['a kind with a path', { ...valid, kind: '../x' }, 'no-kind', 'kind is "../x"'],
  ['no version', { ...valid, apiVersion: 'apps' }, 'no-api-version', 'apiVersion is "apps"'],
  ['a version with a path', { ...valid, apiVersion: '../v1' }, 'no-api-version', 'apiVersion is "../v1"'],
  ['no metadata', { ...valid, metadata: undefined }, 'bad-name', 'metadata.name is missing'],
  ['a number as name', { ...valid, metadata: { name: 5 } }, 'bad-name', 'metadata.name is 5'],
  ['a path as name', { ...valid, metadata: { name: 'a/b' } }, 'bad-name', 'metadata.name is "a/b"'],
  ['the folder above as name', { ...valid, metadata: { name: '..' } }, 'bad-name', 'metadata.name is ".."'],
  [
    'an escaped path as name',
    { ...valid, metadata: { name: 'a%2fb' } },
    'bad-name',
    'metadata.name is "a%2fb"',
  ],
  [
    'a name of 254 characters',
    { ...valid, metadata: { name: 'x'.repeat(254) } },
    'bad-name',
    `metadata.name is "${'x'.repeat(79)}…`,
  ],
  [
    'a namespace in capitals',
    { ...valid, metadata: { name: 'hub', namespace: 'Rhdh' } },
    'bad-namespace',
    'metadata.namespace is "Rhdh"',
  ],
  [
    'a namespace of 64 characters',
    { ...valid, metadata: { name: 'hub', namespace: 'x'.repeat(64) } },
    'bad-namespace',
    `metadata.namespace is "${'x'.repeat(64)}"`,
  ],
  [
    'more than etcd stores',
    { ...valid, data: 'x'.repeat(2 * 1024 * 1024) },
    'object-too-large',
    'an object of 2.0 MiB; Kubernetes stores at most 1.5 MiB',
  ],
])('%s is refused', (_, value, rule, message) => {
  expect(found(value)).toEqual([[rule, message]]);
});

test('everything that is wrong is told at once, with its place', () => {
  const problems = checkManifest({ metadata: { namespace: 5 } }, 'x.yaml:7');
  expect(problems.map(({ rule }) => rule)).toEqual([
    'no-kind',
    'no-api-version',
    'bad-name',
    'bad-namespace',
  ]);
  expect(new Set(problems.map(({ where }) => where))).toEqual(new Set(['x.yaml:7']));
});

test('control characters of a name do not reach the terminal', () => {
  expect(found({ ...valid, metadata: { name: 'a\u001b[2J' } })).toEqual([
    ['bad-name', 'metadata.name is "a\\u001b[2J"'],
  ]);
});

test.each([
  ['itself', valid, [valid]],
  ['the items of a List', { apiVersion: 'v1', kind: 'List', items: [valid, 'text'] }, [valid, 'text']],
  [
    'the items of a List in a List, in their order',
    {
      apiVersion: 'v1',
      kind: 'List',
      items: [1, { apiVersion: 'v1', kind: 'List', items: [2, 3] }, 4],
    },
    [1, 2, 3, 4],
  ],
  ['none of an empty List', { apiVersion: 'v1', kind: 'List', items: [] }, []],
  ['none of a List of null', { apiVersion: 'v1', kind: 'List', items: null }, []],
  [
    'the items of a list of one kind, which need not name it',
    { apiVersion: 'rhdh.redhat.com/v1alpha4', kind: 'BackstageList', items: [{ metadata: { name: 'hub' } }] },
    [{ apiVersion: 'rhdh.redhat.com/v1alpha4', kind: 'Backstage', metadata: { name: 'hub' } }],
  ],
  [
    'an object whose kind ends in List, without items',
    { ...valid, kind: 'AllowList' },
    [{ ...valid, kind: 'AllowList' }],
  ],
])('the objects of a document are %s', (_, document, objects) => {
  expect(objectsOf(document)).toEqual(objects);
});

test('lists nested 10,000 levels deep do not end the stack', () => {
  let document: unknown = valid;
  for (let level = 0; level < 10_000; level++) {
    document = { apiVersion: 'v1', kind: 'List', items: [document] };
  }
  expect(objectsOf(document)).toEqual([valid]);
});
