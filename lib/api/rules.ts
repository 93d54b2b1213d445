import type { Rule } from '../rules/rule';
import type { Mistake } from './mistakes';

function of(kind: Mistake['kind']): Rule<readonly Mistake[]>['check'] {
  return (mistakes) => mistakes.filter((mistake) => mistake.kind === kind).map(({ message }) => message);
}

/** What every construct refuses of its arguments, which in JavaScript no compiler looks at. */
export const apiRules: readonly Rule<readonly Mistake[]>[] = [
  { name: 'api/missing', refuses: 'a required argument or property that is not there', check: of('missing') },
  { name: 'api/type', refuses: 'a value of another type than the API says', check: of('type') },
  { name: 'api/unknown', refuses: 'a property that does not exist', check: of('unknown') },
  {
    name: 'api/taken',
    refuses: 'an id, or a kind of stage, that its scope has already',
    check: of('taken'),
  },
  {
    name: 'api/value',
    refuses: 'a value that Kubernetes would not accept in its place',
    check: of('value'),
  },
];
