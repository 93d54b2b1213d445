import { groupKind, type KubeObject } from '../kubernetes/object';

/** Objects of a cluster, found by kind, namespace and name. */
export class ObjectSet {
  private readonly kinds = new Map<string, Map<string, KubeObject>>();

  constructor(objects: Iterable<KubeObject> = []) {
    for (const object of objects) this.put(object);
  }

  /** @param kind `Deployment.apps`, or `Pod` for the core group. */
  get(kind: string, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.kinds.get(kind)?.get(place(namespace, name));
  }

  /** All objects of a kind in a namespace; of a cluster-scoped kind without one. */
  list(kind: string, namespace?: string): KubeObject[] {
    return [...(this.kinds.get(kind)?.values() ?? [])].filter(
      (object) => object.metadata.namespace === namespace,
    );
  }

  put(object: KubeObject): void {
    const kind = groupKind(object);
    const objects = this.kinds.get(kind) ?? new Map<string, KubeObject>();
    this.kinds.set(kind, objects.set(place(object.metadata.namespace, object.metadata.name), object));
  }

  remove(object: KubeObject): void {
    this.kinds.get(groupKind(object))?.delete(place(object.metadata.namespace, object.metadata.name));
  }

  /** Replaces what is known of a kind in a namespace. */
  replaceAll(kind: string, namespace: string | undefined, objects: Iterable<KubeObject>): void {
    for (const object of this.list(kind, namespace)) this.remove(object);
    for (const object of objects) this.put(object);
  }
}

function place(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}
