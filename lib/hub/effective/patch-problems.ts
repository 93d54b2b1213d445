import { backstageContainer } from '../../operators/rhdh';
import { isDirective, isMap, isSame, mergeKeys } from './strategic-merge';

/** Lists that the operator's own Deployment has (rhdh-operator, default-config/deployment.yaml, 1.7 to 1.10). */
const own = {
  spec: {
    template: {
      spec: {
        volumes: [],
        initContainers: [{ name: 'install-dynamic-plugins', env: [], volumeMounts: [] }],
        containers: [
          { name: backstageContainer, env: [], ports: [{ containerPort: 7007 }], volumeMounts: [] },
        ],
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
        ...(field === 'ports' ? portProblems(elements, own) : []),
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

/** Kubernetes takes a port without protocol for one of TCP; the library of the operator takes it for another. */
function portProblems(elements: readonly { element: any; at: string }[], own: unknown): string[] {
  const owned = (Array.isArray(own) ? own : []).map((port) => port.containerPort);
  return elements.flatMap(({ element, at }) => {
    const { containerPort, protocol } = element ?? {};
    const isOwn = owned.includes(containerPort);
    if (protocol === 'TCP' && isOwn) {
      return [
        `${at} is port ${containerPort} of the operator, which has no protocol, so there would be two; leave protocol out`,
      ];
    }
    const others = elements.filter(
      (other) => other.element?.containerPort === containerPort || element?.$patch !== undefined,
    );
    const other = others.find((each) => each.element?.protocol !== undefined);
    if (protocol !== undefined || other === undefined) return [];
    if (
      others.some((each) => each.element?.containerPort === containerPort && each.element.protocol === 'TCP')
    ) {
      return [`${at} is a second element of ports ${containerPort}, TCP being the default; keep one`];
    }
    const remedy = isOwn ? 'take it out' : 'write protocol: TCP';
    return [`${at} has no protocol, while ${other.at} has, so the operator may drop it; ${remedy}`];
  });
}
