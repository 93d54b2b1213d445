import { nearestName } from './nearest';

const names = ['name', 'size', 'storageClassName', 'extraEnvs', 'replicas'];

test.each([
  ['Name', 'name'],
  ['nmae', 'name'],
  ['extraEnv', 'extraEnvs'],
  ['replica', 'replicas'],
  ['storageClass', 'storageClassName'],
  ['zone', undefined],
])('%s was meant to be %s', (written, meant) => {
  expect(nearestName(written, names)).toBe(meant);
});
