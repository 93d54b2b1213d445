import { backstageContainer } from '../../operators/rhdh';
import { isDirective, isMap, isSame, mergeKeys } from './strategic-merge';

/** Lists that the operator's own Deployment has (rhdh-operator, default-config/deployment.yaml, 1.7 to 1.10). */
const own = {
  spec: {
    template: {
      spec: {
        volumes: [],
        initContainers: [{ name: 'install-dynamic-plugins', env: [], volumeMounts: [] }],
        containers: [{ name: backstageContainer, env: [], ports: [], volumeMounts: [] }],
      },
    },
  },
};

/** What in `spec.deployment.patch` the operator would drop without a word, or take for what it is not. */
export function patchProblems(patch: unknown, path: string): string[] {
  return problemsOf(patch, path, '', own);
}

/** @param own what the operator has there; none where it has nothing, and in what is new as a whole everything is right */
function problemsOf(patch: unknown, path: string, field: string, own: unknown, isNew = false): string[] {
  if (Array.isArray(patch)) return listProblems(patch, path, field, own, isNew);
  return isMap(patch)
    ? Object.entries(patch).flatMap(([key, value]) =>
        problemsOf(value, `${path}.${key}`, key, isMap(own) ? own[key] : undefined, isNew),
      )
    : [];
}

function listProblems(
  list: readonly unknown[],
  path: string,
  field: string,
  own: unknown,
  isNew: boolean,
): string[] {
  const elements = list
    .map((element, index) => ({ element, index, at: `${path}[${index}]` }))
    .filter(({ element }) => !isDirective(element));
  const isMerged = field in mergeKeys;
  const directives = list.flatMap((element, index) =>
    isDirective(element) && !(isMerged && (isNew || Array.isArray(own)))
      ? [
          `${path}[${index}] is a word on a list that ${isMerged ? 'the operator has not' : 'is replaced anyway'}, ` +
            'which it takes for an element; take it out',
        ]
      : [],
  );
  return isMerged
    ? [
        ...directives,
        ...protocolProblems(elements, field),
        ...elements.flatMap(({ element, index, at }) => {
          const [key] = mergeKeys[field];
          if (!isMap(element) || element[key] === undefined || element[key] === null) {
            return [`${at} has no ${key}, by which the operator merges; write it`];
          }
          const first = elements.find((other) => isSame(other.element, element, field))!.index;
          if (first < index) {
            const name = `${field} ${JSON.stringify(element[key])}`;
            return [
              `${at} is a second element of ${name}, which the operator drops; merge it into ${path}[${first}]`,
            ];
          }
          const present = Array.isArray(own) ? own.find((other) => isSame(other, element, field)) : undefined;
          return problemsOf(element, at, '', present, isNew || (Array.isArray(own) && present === undefined));
        }),
      ]
    : directives;
}

/** Where one element has all keys, kyaml finds no element that lacks one. */
function protocolProblems(elements: readonly { element: any; at: string }[], field: string): string[] {
  const lacks = ({ element }: { element: any }) => element?.protocol === undefined;
  return field === 'ports' && !elements.every(lacks)
    ? elements
        .filter(lacks)
        .map(
          ({ at }) =>
            `${at} has no protocol, while another of these ports has, so the operator drops it; write protocol: TCP`,
        )
    : [];
}
