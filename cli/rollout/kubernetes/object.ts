/** Any Kubernetes object, as YAML or the API server gives it. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;

  readonly [field: string]: any;
}

/** The metadata that the rollout reads. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly generation?: number;
  readonly resourceVersion?: string;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly finalizers?: string[];
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
  readonly ownerReferences?: OwnerReference[];
  readonly managedFields?: ManagedFields[];
}

/** An object that another one goes with. */
export interface OwnerReference {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
}

/** One owner of fields, as server-side apply records it. */
export interface ManagedFields {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion?: string;
  readonly subresource?: string;
  readonly fieldsV1?: Record<string, unknown>;
}

/** Which object, whatever its version: what makes two documents the same object. */
export function objectKey(object: KubeObject): string {
  const { namespace, name } = object.metadata;
  return `${groupKind(object)}/${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** `Deployment.apps`, or `ConfigMap` for the core group. */
export function groupKind(object: { readonly apiVersion: string; readonly kind: string }): string {
  const group = groupOf(object);
  return group === '' ? object.kind : `${object.kind}.${group}`;
}

/** `apps`, or nothing for the core group. */
export function groupOf({ apiVersion }: { readonly apiVersion: string }): string {
  const [group, version] = apiVersion.split('/') as [string, string?];
  return version === undefined ? '' : group;
}

/** `ConfigMap/dynamic-plugins-rhdh`: how an object is called in what a person reads. */
export function displayName(object: KubeObject): string {
  return `${object.kind}/${object.metadata.name}`;
}
