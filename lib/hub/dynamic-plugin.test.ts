import { isEnabled, isOrchestratorPackage, packageName, samePlugin } from './dynamic-plugin';
import { RhdhRelease } from '../operators/release';

test.each([
  ['./dynamic-plugins/dist/quotes', './dynamic-plugins/dist/quotes'],
  ['@scope/quotes', '@scope/quotes'],
  ['@scope/quotes@1.2.3', '@scope/quotes'],
  ['quotes@1.2.3', 'quotes'],
  ['oci://quay.io/org/quotes:1.2', 'oci://quay.io/org/quotes'],
  ['oci://localhost:5000/quotes', 'oci://localhost:5000/quotes'],
  ['oci://quay.io/org/quotes:1.2!plugin-quotes', 'oci://quay.io/org/quotes'],
  ['oci://quay.io/org/quotes@sha256:0123!plugin-quotes', 'oci://quay.io/org/quotes'],
  ['oci://quay.io/org/quotes:{{inherit}}', 'oci://quay.io/org/quotes'],
  ['oci://quay.io/org/quotes@sha512:0f0f', 'oci://quay.io/org/quotes'],
  ['oci://quay.io:8443/org/quotes:1@sha256:0f!plugin-quotes', 'oci://quay.io:8443/org/quotes'],
  ['ref://quotes', 'ref://quotes'],
  ['github:org/quotes#v1', 'github:org/quotes'],
  ['org/quotes#v1', 'org/quotes'],
  ['git+ssh://git@github.com/org/quotes.git#v1', 'git+ssh://git@github.com/org/quotes.git'],
  ['git@github.com:org/quotes', 'git@github.com:org/quotes'],
  ['https://github.com/org/quotes#main', 'https://github.com/org/quotes'],
  ['https://example.com/@org/quotes-1.0.0.tgz', 'https://example.com/@org/quotes-1.0.0.tgz'],
  ['./local/quotes@1', './local/quotes@1'],
  ['own@npm:@scope/quotes@1.2.3', 'own@npm:@scope/quotes'],
  ['own@npm:cafe', 'own@npm:cafe'],
])('the name of %s is %s', (reference, name) => {
  expect(packageName(reference)).toBe(name);
});

test.each([
  ['@scope/quotes@1.2.3', '@scope/quotes@2.0.0', true],
  ['@scope/quotes', '@scope/other', false],
  ['oci://quay.io/all:1!quotes', 'oci://quay.io/all:2!quotes', true],
  ['oci://quay.io/all:1!quotes', 'oci://quay.io/all:1!other', false],
  ['oci://quay.io/quotes:{{inherit}}', 'oci://quay.io/quotes:1!quotes', true],
  ['oci://quay.io/quotes:1', 'oci://mirror.example.com/quotes:1', false],
  ['git+ssh://git@github.com/org/quotes#v1', 'git+ssh://git@github.com/org/other#v1', false],
  ['github:org/quotes#v1', 'github:org/quotes', true],
  [
    'oci://mirror.example.com:8443/rhdh/red-hat-developer-hub-backstage-plugin-orchestrator@sha512:0f!x/red-hat-developer-hub-backstage-plugin-orchestrator',
    '@redhat/backstage-plugin-orchestrator@1.8.2',
    true,
  ],
  [
    'oci://quay.io/all:1!backstage-plugin-orchestrator',
    'ref://red-hat-developer-hub-backstage-plugin-orchestrator',
    true,
  ],
  ['@redhat/backstage-plugin-orchestrator', '@redhat/backstage-plugin-orchestrator-backend-dynamic', false],
])('%s and %s are the same plugin: %s', (one, other, same) => {
  expect([samePlugin(one, other), samePlugin(other, one)]).toEqual([same, same]);
});

test('the packages of the orchestrator are known in every release, with and without version', () => {
  const packages = [V1_7, V1_8, V1_9, V1_10].flatMap(({ orchestratorPackages }) =>
    Object.values(orchestratorPackages),
  );
  const all = [
    ...packages,
    ...packages.map(packageName),
    './dynamic-plugins/dist/red-hat-developer-hub-backstage-plugin-orchestrator',
  ];
  expect(all.filter((reference) => !isOrchestratorPackage(reference))).toEqual([]);
});

test.each([
  './dynamic-plugins/dist/backstage-plugin-notifications',
  '@redhat/backstage-plugin-orchestrator-extra@1.0.0',
  '@redhat/orchestrator',
  'oci://quay.io/org/backstage-plugin-orchestrator/quotes:1',
])('%s is not one of the orchestrator', (reference) => {
  expect(isOrchestratorPackage(reference)).toBe(false);
});

const { V1_7, V1_8, V1_9, V1_10, V2_0 } = RhdhRelease;
const states = [{}, { disabled: true }, { disabled: false }, { enabled: true }, { enabled: false }].flatMap(
  (one) => [{}, { enabled: true }, { enabled: false }].map((other) => ({ ...one, ...other })),
);

test.each([V1_7, V1_8, V1_9, V1_10, V2_0].map((release) => [release.name, release] as const))(
  'in %s an entry of the list covers the included one key by key',
  (_, release) => {
    for (const included of states) {
      for (const listed of states) {
        const merged: { enabled?: boolean; disabled?: boolean } = { ...included, ...listed };
        const byDisabled = merged.disabled !== true;
        const expected = release === V2_0 ? (merged.enabled ?? byDisabled) : byDisabled;
        expect([included, listed, isEnabled(release, listed, included)]).toEqual([
          included,
          listed,
          expected,
        ]);
      }
    }
  },
);
