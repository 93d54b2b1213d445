import { handedOver, ownersPutBack } from './managed-fields';

const entry = (manager: string, fields: object, subresource?: string) => ({
  manager,
  operation: 'Apply' as const,
  fieldsV1: { 'f:spec': fields },
  ...(subresource && { subresource }),
});

test('what managers own is handed over to the rollout, together with what it has', () => {
  const fields = [
    entry('operator', { 'f:a': {} }),
    entry('operator', { 'f:s': {} }, 'status'),
    entry('cdk8s-rhdh', { 'f:b': {} }),
    entry('kubectl', { 'f:c': {} }),
  ];
  expect(handedOver(fields, ['operator'])).toEqual([
    entry('operator', { 'f:s': {} }, 'status'),
    entry('kubectl', { 'f:c': {} }),
    entry('cdk8s-rhdh', { 'f:b': {}, 'f:a': {} }),
  ]);
});

test('where nobody owns anything, nothing is handed over', () => {
  expect(handedOver([entry('kubectl', { 'f:c': {} })], ['operator'])).toBeUndefined();
});

test('former content has its former owners, and the status its present ones', () => {
  const former = [entry('kubectl', { 'f:a': {} }), entry('operator', { 'f:old': {} }, 'status')];
  const present = [entry('cdk8s-rhdh', { 'f:a': {} }), entry('operator', { 'f:new': {} }, 'status')];
  expect(ownersPutBack(former, present)).toEqual([
    entry('kubectl', { 'f:a': {} }),
    entry('operator', { 'f:new': {} }, 'status'),
  ]);
});
