import { parse } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { customResourceDefinitionGate } from './custom-resource-definition';
import { failed, ready, waiting } from './gate';
import { ObjectSet } from './object-set';

test.each([
  ['[]', waiting('not served yet')],
  [
    '[{ type: NamesAccepted, status: "True" }, { type: Established, status: "False" }]',
    waiting('not served yet'),
  ],
  ['[{ type: NamesAccepted, status: "True" }, { type: Established, status: "True" }]', ready('served')],
  [
    '[{ type: NamesAccepted, status: "False", reason: PluralConflict, message: "hubs is taken" }]',
    failed('PluralConflict: hubs is taken'),
  ],
])('a CRD with conditions %s', (conditions, result) => {
  const object = parse(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: hubs.example.com }
status: { conditions: ${conditions} }
`) as KubeObject;
  expect(customResourceDefinitionGate(object, new ObjectSet())).toEqual(result);
});
