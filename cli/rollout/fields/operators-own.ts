import { rhdhOperator } from 'cdk8s-rhdh/operators';
import type { KubeObject, ManagedFields, OwnerReference } from '../kubernetes/object';
import { isOfSpec } from './managed-fields';

/**
 * Whether the RHDH operator owns an object: it applies it, or the hub's deletion would delete it. It applies objects of
 * its own for the local database as long as the hub's plugins ask for them: a SonataFlowPlatform, its network policies, a
 * Job (rhdh-operator, internal/controller/plugin-deps.go).
 */
export function isOperatorsOwn({ metadata }: KubeObject): boolean {
  return (metadata.managedFields ?? []).some(isApplied) || (metadata.ownerReferences ?? []).some(isHub);
}

/** Owners of fields without the operator. */
export function withoutOperator(fields: readonly ManagedFields[]): ManagedFields[] {
  return fields.filter((entry) => !isApplied(entry));
}

/** References to owners without the hub. */
export function withoutHub(references: KubeObject['metadata']['ownerReferences']) {
  return (references ?? []).filter((reference) => !isHub(reference));
}

function isApplied(entry: ManagedFields): boolean {
  return entry.manager === rhdhOperator && isOfSpec(entry);
}

function isHub({ kind, apiVersion }: OwnerReference): boolean {
  return kind === 'Backstage' && apiVersion?.startsWith('rhdh.redhat.com/') === true;
}
