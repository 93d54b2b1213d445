import { isOrchestratorPackage, packageName, samePlugin } from './dynamic-plugin';
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
])('the name of %s is %s', (reference, name) => {
  expect(packageName(reference)).toBe(name);
});

test.each([
  ['@scope/quotes@1.2.3', '@scope/quotes@2.0.0', true],
  ['@scope/quotes', '@scope/other', false],
  ['oci://quay.io/all:1!quotes', 'oci://quay.io/all:2!quotes', true],
  ['oci://quay.io/all:1!quotes', 'oci://quay.io/all:1!other', false],
  ['oci://quay.io/quotes:{{inherit}}', 'oci://quay.io/quotes:1!quotes', true],
])('%s and %s are the same plugin: %s', (one, other, same) => {
  expect([samePlugin(one, other), samePlugin(other, one)]).toEqual([same, same]);
});

test('the packages of the orchestrator are known in every release, with and without version', () => {
  const { V1_7, V1_8, V1_9, V1_10 } = RhdhRelease;
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
