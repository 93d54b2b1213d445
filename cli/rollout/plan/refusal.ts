import { displayName, groupKind } from '../kubernetes/object';
import { found, type Problem } from '../findings/problem';
import { isFieldConflict, type ApiError } from '../kubernetes/api-error';
import type { RolloutObject } from '../stages/rollout-stage';

/** What the API server's answer to a dry run means for the person who applies. */
export function problemOfRefusal(error: ApiError, { object, manifest }: RolloutObject): Problem {
  const name = displayName(object);
  const where = `${manifest.file}:${manifest.line}`;
  if (isFieldConflict(error)) {
    const owners = error.causes.map(
      ({ field, message }) => `${field} (${(message ?? '').replace(/^conflict with /, '')})`,
    );
    return found('field-conflict', {
      where,
      managers: error.causes.flatMap(({ message }) => /"([^"]+)"/.exec(message ?? '')?.[1] ?? []),
      message: `${name}: other managers own fields with other values: ${owners.join(', ')}`,
    });
  }
  if (isImmutable(error)) {
    return found('immutable-field', {
      where,
      message: `${name} exists and cannot be changed like this: ${error.message}`,
      advice: wayOut(object.metadata.namespace, groupKind(object), object.metadata.name),
    });
  }
  if (error.status === 403) {
    return found('admission', { where, message: `${name} is not admitted: ${error.message}` });
  }
  return found('invalid-object', { where, message: `${name} is not valid: ${error.message}` });
}

/** Kubernetes says so in words alone: "field is immutable", "updates to statefulset spec … are forbidden". */
function isImmutable(error: ApiError): boolean {
  return (
    error.status === 422 &&
    /immutable|updates to .* are forbidden|forbidden: (spec is immutable|updates)/i.test(error.message)
  );
}

function wayOut(namespace: string | undefined, kind: string, name: string): string {
  const scope = namespace === undefined ? '' : ` -n ${namespace}`;
  if (kind === 'StatefulSet.apps') {
    return `Undo the change, or delete the StatefulSet alone, which keeps its pods and volumes, and apply again: oc delete statefulset ${name}${scope} --cascade=orphan`;
  }
  if (kind === 'PersistentVolumeClaim') {
    return 'Undo the change: a claim can only grow. For another storage class, make a claim of another name.';
  }
  if (kind === 'Job.batch') return `Wait until it ended, or delete it: oc delete job ${name}${scope}`;
  return `Undo the change, or delete it first: oc delete ${kind.toLowerCase()} ${name}${scope}`;
}
