import type { Manifest } from '../../manifest/yaml-file';

/**
 * The lists of a pod that are merged element by element, and the fields that tell the elements apart
 * (`x-kubernetes-patch-merge-key` and `x-kubernetes-list-map-keys` of Kubernetes' API); a patch replaces all others.
 */
export const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  volumes: ['name'],
  env: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  ports: ['containerPort', 'protocol'],
  imagePullSecrets: ['name'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
};

/** Fields that only a patch by `kubectl` knows: the operator's library takes them for fields, which no pod has. */
const unknownDirective = /^\$(setElementOrder|deleteFromPrimitiveList)\/|^\$retainKeys$/;

/**
 * What the operator makes of a workload and `spec.deployment.patch`. It merges by kyaml's `merge2`, whose results on
 * generated patches a test compares with these. A patch with problems (`patch-problems.ts`) has no meaning to rely on.
 */
export function patched(workload: Manifest, patch: Manifest): Manifest {
  return resolved(combined(workload, patch)) as Manifest;
}

/**
 * One patch that does what `first` and then `second` would do. Elements of one key become one: of two in a patch the
 * operator keeps the first.
 */
export function combined(first: any, second: any, field = ''): any {
  if (second === undefined) return first;
  if (Array.isArray(second)) {
    return field in mergeKeys && first !== undefined ? combinedList(first, second, field) : second;
  }
  if (!isMap(second) || second.$patch === 'delete' || second.$patch === 'replace' || first === undefined) {
    return second;
  }
  if (!isMap(first) || first.$patch === 'delete') return { $patch: 'replace', ...second };
  const result = { ...first };
  for (const [key, value] of Object.entries(second)) {
    if (key !== '$patch') {
      result[key] = combined(first[key], value, key);
    }
  }
  return result;
}

function combinedList(first: any, second: any[], field: string): any {
  const directive = listDirective(second);
  if (directive === 'delete' || directive === 'replace') return second;
  if (!Array.isArray(first) || listDirective(first) === 'delete') {
    return [{ $patch: 'replace' }, ...resolved(second, field)];
  }
  const whole = listDirective(first) === 'replace';
  const result = whole ? [{ $patch: 'replace' }, ...resolved(first, field)] : [...first];
  for (const element of second.filter((item) => !isDirective(item))) {
    const index = result.findIndex((present) => isSame(present, element, field));
    const present = index < 0 ? (whole ? {} : undefined) : result[index];
    const merged = combined(present, element);
    const value = whole ? resolved(merged) : merged;
    result.splice(
      index < 0 ? result.length : index,
      index < 0 ? 0 : 1,
      ...(value === undefined ? [] : [value]),
    );
  }
  return result;
}

/** A patch as it is where nothing was before. */
function resolved(value: any, field = ''): any {
  if (Array.isArray(value)) {
    if (!(field in mergeKeys)) return value;
    const directive = listDirective(value);
    return directive === 'delete'
      ? undefined
      : value
          // The library takes the word on the list off every element that has the same.
          .filter(
            (element) => !isDirective(element) && (directive === undefined || element?.$patch !== directive),
          )
          .map((element) => resolved(element))
          .filter((element) => element !== undefined);
  }
  if (!isMap(value)) return value ?? undefined;
  if (value.$patch === 'delete') return undefined;
  const entries = Object.entries(value)
    .filter(([key]) => key !== '$patch' && !unknownDirective.test(key))
    .map(([key, item]) => [key, resolved(item, key)]);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

export function isMap(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two elements of a list are one by its keys. */
export function isSame(one: any, other: any, field: string): boolean {
  return isMap(one) && isMap(other) && !isDirective(one) && keyOf(one, field) === keyOf(other, field);
}

function keyOf(element: Manifest, field: string): string {
  return JSON.stringify(mergeKeys[field].map((key) => element[key] ?? null));
}

/** An element that says what happens to the whole list. */
export function isDirective(element: any): boolean {
  return isMap(element) && '$patch' in element && Object.keys(element).length === 1;
}

function listDirective(list: any[]): string | undefined {
  const first = list.find((element) => isMap(element) && '$patch' in element);
  return first !== undefined && isDirective(first) ? first.$patch : undefined;
}
