import { conditionOf, conditionText, failed, ready, waiting, type Gate } from './gate';

/** A CRD is ready when its kind is served: condition `Established`; refused names are final. */
export const customResourceDefinitionGate: Gate = (object) => {
  const names = conditionOf(object, 'NamesAccepted');
  if (names?.status === 'False') return failed(conditionText(names));
  return conditionOf(object, 'Established')?.status === 'True' ? ready('served') : waiting('not served yet');
};
