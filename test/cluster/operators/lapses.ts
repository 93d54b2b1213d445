import type { Client, KubernetesObject, ObjectReference } from '../client';
import type { Chance } from './chance';

/** In what an operator is not ideal, each drawn from its chance. */
export interface Lapses {
  /**
   * One in how many reads gives what the operator knew before, for its cache is behind: nothing, where it knew nothing.
   * @default - none
   */
  readonly staleOneIn?: number;
  /** One in how many writes it is killed before, and started again: its pod was evicted, or lost its lease. @default - none */
  readonly killedOneIn?: number;
  /** One in how many times it works at a resource once more although nothing happened (resync). @default - none */
  readonly twiceOneIn?: number;
  /** How late at most it looks at a change, in ms, besides its usual delay. @default 0 */
  readonly latestMilliseconds?: number;
}

/** The operator's process ended before a write. */
export class KilledError extends Error {}

const keyOf = ({ apiVersion, kind, namespace, name }: ObjectReference) =>
  [apiVersion, kind, namespace, name].join(' ');

type Kind = Pick<ObjectReference, 'apiVersion' | 'kind'>;

const kindOf = ({ apiVersion, kind }: Kind) => `${apiVersion} ${kind}`;

/**
 * The API server as an operator sees it: reads come from the caches of its informers, each of which is behind for as long as
 * it likes (controller-runtime, pkg/client, "split client": reads from the cache, writes to the API server). A cache is
 * never behind the event that the operator answers to, where the event came by it.
 */
export class OperatorClient {
  /** Whether a read was behind an event that is still to come. */
  isBehind = false;

  private readonly known = new Map<string, KubernetesObject>();
  private readonly followed = new Set<string>();

  /**
   * @param direct the API server itself, for what the operator reads without a cache
   * @param chance what the lapses are drawn from
   */
  constructor(
    readonly direct: Client,
    private readonly chance: Chance,
    private readonly lapses: Lapses,
  ) {}

  async read(reference: ObjectReference): Promise<KubernetesObject | undefined> {
    if (this.chance.oneIn(this.lapses.staleOneIn ?? 0)) {
      this.isBehind ||= this.followed.has(kindOf(reference));
      return this.known.get(keyOf(reference));
    }
    const live = await this.direct.read(reference);
    if (live) this.know(live);
    else this.known.delete(keyOf(reference));
    return live;
  }

  /** Changes of this kind come by the cache that is read from: where it is behind, the event is behind as well. */
  follow(kind: Kind): void {
    this.followed.add(kindOf(kind));
  }

  /** The cache is at least as new as this object. */
  know(object: KubernetesObject): void {
    const { apiVersion, kind, metadata } = object;
    this.known.set(keyOf({ apiVersion, kind, namespace: metadata.namespace, name: metadata.name }), object);
  }

  list(apiVersion: string, kind: string, namespace?: string): Promise<KubernetesObject[]> {
    return this.direct.list(apiVersion, kind, namespace);
  }

  apply(object: KubernetesObject, fieldManager: string): Promise<KubernetesObject> {
    return this.write(() => this.direct.apply(object, fieldManager));
  }

  create(object: KubernetesObject, fieldManager: string): Promise<KubernetesObject> {
    return this.write(() => this.direct.create(object, fieldManager));
  }

  update(object: KubernetesObject, fieldManager: string, subresource?: string): Promise<KubernetesObject> {
    return this.write(() => this.direct.update(object, fieldManager, subresource));
  }

  merge(reference: ObjectReference, patch: object, subresource?: string): Promise<KubernetesObject> {
    return this.write(() => this.direct.merge(reference, patch, subresource));
  }

  delete(reference: ObjectReference): Promise<void> {
    return this.write(() => this.direct.delete(reference));
  }

  /** A process that starts knows nothing. */
  forget(): void {
    this.known.clear();
  }

  private async write<T>(write: () => Promise<T>): Promise<T> {
    if (this.chance.oneIn(this.lapses.killedOneIn ?? 0)) throw new KilledError();
    return write();
  }
}
