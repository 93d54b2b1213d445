import type { ManagedFields } from '../kubernetes/object';
import { ownersGivenBack, withoutHolders } from './field-owners';

const path = ['spec', 'patch', 'spec', 'replicas'];
const way = (last: object) => ({ 'f:spec': { 'f:patch': { 'f:spec': last } } });
const owner = (
  manager: string,
  fieldsV1: Record<string, unknown>,
  operation: 'Apply' | 'Update' = 'Apply',
) => ({
  manager,
  operation,
  apiVersion: 'v1',
  fieldsV1,
});
const status: ManagedFields = {
  manager: 'operator',
  operation: 'Update',
  subresource: 'status',
  fieldsV1: { 'f:status': {} },
};

test('a field gets its former owner back, and who had it meanwhile keeps nothing of it', () => {
  const former = [
    owner('kubectl', { 'f:spec': { 'f:name': {}, ...way({ '.': {}, 'f:replicas': {} })['f:spec'] } }),
  ];
  const present = [
    owner('kubectl', { 'f:spec': { 'f:name': {}, 'f:patch': { 'f:spec': {} } } }),
    owner('kubectl', way({ 'f:replicas': {} }), 'Update'),
    owner('cdk8s-rhdh', way({})),
    status,
  ];
  expect(ownersGivenBack(former, present, path)).toEqual([...former, status]);
});

test('what others came to own meanwhile stays theirs', () => {
  const former = [owner('kubectl', way({ 'f:replicas': {} }))];
  const present = [
    owner('kubectl', { 'f:spec': { 'f:name': {}, 'f:patch': { 'f:spec': {} } } }),
    owner('somebody', way({ 'f:replicas': {}, 'f:paused': {} }), 'Update'),
  ];
  expect(ownersGivenBack(former, present, path)).toEqual([
    owner('kubectl', { 'f:spec': { 'f:name': {}, 'f:patch': { 'f:spec': { 'f:replicas': {} } } } }),
    owner('somebody', way({ 'f:paused': {} }), 'Update'),
  ]);
});

test('an owner that has gone comes back, one that had an empty map has it again', () => {
  const former = [
    owner('kubectl', way({ 'f:replicas': {} })),
    owner('helm', { 'f:spec': { 'f:patch': {} } }),
  ];
  expect(ownersGivenBack(former, [owner('cdk8s-rhdh', way({ 'f:replicas': {} }))], path)).toEqual(former);
});

test('a map that held nothing but the field is left to the rollout alone', () => {
  const own = owner('cdk8s-rhdh', way({ '.': {}, 'f:replicas': {} }));
  const others = [
    owner('kubectl', { 'f:spec': { 'f:name': {}, 'f:patch': { 'f:spec': {} } } }),
    owner('helm', way({ '.': {} })),
    owner('hpa', way({ 'f:replicas': {} }), 'Update'),
    owner('somebody', way({ 'f:paused': {} })),
    status,
  ];
  expect(withoutHolders([own, ...others], path)).toEqual([
    own,
    owner('kubectl', { 'f:spec': { 'f:name': {} } }),
    owner('hpa', way({ 'f:replicas': {} }), 'Update'),
    owner('somebody', way({ 'f:paused': {} })),
    status,
  ]);
});
