/** The field by which Kubernetes merges the items of a list (`patchMergeKey` in its API types). */
const mergeKeys: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  volumes: 'name',
  env: 'name',
  volumeMounts: 'mountPath',
  ports: 'containerPort',
  imagePullSecrets: 'name',
  tolerations: 'key',
};

type Json = unknown;
type JsonObject = Record<string, Json>;

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Merges a strategic merge patch, with its `$patch: replace` and `$patch: delete`, as `spec.deployment.patch` of
 * a Backstage resource is merged onto the operator's Deployment; new items of a list go to its end.
 */
export function strategicMerge(target: JsonObject, patch: JsonObject): JsonObject {
  const { $patch: directive, ...fields } = patch;
  if (directive === 'replace') return fields;
  const merged = { ...target };
  for (const [field, value] of Object.entries(fields)) {
    const present = merged[field];
    if (value === null || (isObject(value) && value.$patch === 'delete')) {
      delete merged[field];
    } else if (isObject(value)) {
      merged[field] = strategicMerge(isObject(present) ? present : {}, value);
    } else if (Array.isArray(value) && field in mergeKeys) {
      merged[field] = mergeList(Array.isArray(present) ? present : [], value, mergeKeys[field]);
    } else {
      merged[field] = value;
    }
  }
  return merged;
}

function mergeList(target: JsonObject[], patch: JsonObject[], key: string): JsonObject[] {
  const merged = [...target];
  for (const item of patch) {
    const index = merged.findIndex((candidate) => candidate[key] === item[key]);
    if (item.$patch === 'delete') {
      if (index >= 0) merged.splice(index, 1);
    } else if (index >= 0) {
      merged[index] = strategicMerge(merged[index], item);
    } else {
      merged.push(strategicMerge({}, item));
    }
  }
  return merged;
}
