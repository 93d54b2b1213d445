import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Chance } from './chance';
import { KilledError, type Lapses, OperatorClient } from './lapses';
import {
  type Client,
  type KubernetesObject,
  type ObjectReference,
  referenceTo,
  RefusedError,
} from '../client';

export interface OperatorProps extends Lapses {
  /** Namespace the operator looks at. @default - all namespaces */
  readonly namespace?: string;
  /** How long the operator takes to look at a change, in ms: the time in which its status is stale. @default 0 */
  readonly delayMilliseconds?: number;
  /** What its pauses and lapses are drawn from. @default - the chance of the run */
  readonly chance?: Chance;
  /**
   * Longest wait between two attempts at the same failing resource, in ms; waits double from 5 ms up to it
   * (the default rate limiter of controller-runtime and client-go).
   * @default 1000000
   */
  readonly longestRetryMilliseconds?: number;
}

export interface Operator {
  /** Settles once it has answered to every event that it has heard of. */
  rest(): Promise<void>;
  /** Ends it, as when its pod is killed: what it has made stays. */
  stop(): Promise<void>;
}

/** What an event of a watch asks to look at again. @default undefined: nothing */
export type Affects = (
  object: KubernetesObject,
  gone: boolean,
) => string | undefined | Promise<string | undefined>;

/** Longest time without an operator after it was killed, in ms. */
const longestAbsence = 1_000;

type Kind = Pick<ObjectReference, 'apiVersion' | 'kind'>;

/**
 * The work queue of a Kubernetes controller: one resource at a time, a change during the work is work again, a
 * failure is tried again, later and later. A reconciler can ask to be called again after some milliseconds. One that is
 * killed begins anew with all objects there are, as an informer lists them.
 */
export class Controller implements Operator {
  /** The API server as the reconciler sees it. */
  readonly client: OperatorClient;
  private readonly chance: Chance;
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  private readonly queued = new Set<string>();
  private readonly failures = new Map<string, number>();
  private readonly watches: (() => Promise<() => Promise<void>>)[] = [];
  private readonly ends: (() => Promise<void>)[] = [];
  private work: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    client: Client,
    private readonly props: OperatorProps,
    private readonly reconcile: (
      client: OperatorClient,
      namespace: string,
      name: string,
    ) => Promise<number | void>,
  ) {
    this.chance = props.chance ?? Chance.ofThisRun();
    this.client = new OperatorClient(client, this.chance, props);
  }

  /** Queues what a change of any object of this kind affects; the event comes by the cache that is read from. */
  watch(kind: Kind, affects: Affects): Promise<void> {
    this.client.follow(kind);
    return this.hear(kind, affects, (object) => this.client.know(object));
  }

  /**
   * The same, of metadata alone: that is another informer than the one that is read from, which may be behind it
   * (controller-runtime, `WatchesMetadata`).
   */
  watchMetadata(kind: Kind, affects: Affects): Promise<void> {
    return this.hear(kind, affects, () => undefined);
  }

  async rest(): Promise<void> {
    do {
      await sleep(100);
      await this.work;
    } while (this.waiting.size > 0);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.deafen();
    await this.work;
    await this.deafen();
  }

  private async hear(kind: Kind, affects: Affects, know: (object: KubernetesObject) => void): Promise<void> {
    const { namespace, delayMilliseconds = 0, latestMilliseconds = 0 } = this.props;
    const asked = async (object: KubernetesObject, gone: boolean) => {
      if (!gone) know(object);
      const name = await affects(object, gone);
      const late = this.chance.next() * latestMilliseconds;
      if (name) this.queue(`${object.metadata.namespace}/${name}`, delayMilliseconds + late);
    };
    const open = () =>
      this.client.direct.watch({ ...kind, namespace }, (object, gone) => {
        asked(object, gone).catch(() => undefined);
      });
    this.watches.push(open);
    this.ends.push(await open());
  }

  private async deafen(): Promise<void> {
    this.waiting.forEach((timer) => clearTimeout(timer));
    this.waiting.clear();
    await Promise.all(this.ends.splice(0).map((end) => end()));
  }

  private async startAgain(): Promise<void> {
    await this.deafen();
    this.failures.clear();
    this.client.forget();
    await this.chance.pause(longestAbsence);
    for (const open of this.watches) if (!this.stopped) this.ends.push(await open());
  }

  private queue(key: string, milliseconds: number): void {
    if (this.stopped) return;
    clearTimeout(this.waiting.get(key));
    const timer = setTimeout(() => {
      this.waiting.delete(key);
      // A work queue holds a key once, however many events ask for it (client-go, util/workqueue).
      if (this.queued.has(key)) return;
      this.queued.add(key);
      this.work = this.work.then(() => this.attempt(key));
    }, milliseconds);
    this.waiting.set(key, timer);
  }

  private async attempt(key: string): Promise<void> {
    this.queued.delete(key);
    if (this.stopped) return;
    const [namespace, name] = key.split('/');
    try {
      this.client.isBehind = false;
      const again = await this.reconcile(this.client, namespace, name);
      this.failures.delete(key);
      if (again !== undefined && !this.waiting.has(key)) this.queue(key, again);
      if (this.client.isBehind || this.chance.oneIn(this.props.twiceOneIn ?? 0)) this.queue(key, 0);
    } catch (error) {
      if (error instanceof KilledError) return this.startAgain();
      const failures = this.failures.get(key) ?? 0;
      this.failures.set(key, failures + 1);
      const longest = this.props.longestRetryMilliseconds ?? 1_000_000;
      if (!this.waiting.has(key)) this.queue(key, Math.min(5 * 2 ** failures, longest));
    }
    await sleep(0);
  }
}

/**
 * Makes an object, or changes it and replaces it where it differs. What others wrote into it, and the change does not name,
 * stays; somebody who was faster makes it fail (`CreateOrUpdate` of controller-runtime, pkg/controller/controllerutil).
 */
export async function createOrUpdate(
  client: OperatorClient,
  object: KubernetesObject,
  change: (present: KubernetesObject) => KubernetesObject,
  fieldManager: string,
): Promise<KubernetesObject> {
  const present = await client.read(referenceTo(object));
  if (!present) return client.create(object, fieldManager);
  const changed = change(present);
  return isDeepStrictEqual(changed, present) ? present : client.update(changed, fieldManager);
}

/** The name of the owner of a kind that controls an object. */
export const ownedBy =
  (kind: string) =>
  ({ metadata }: KubernetesObject): string | undefined =>
    metadata.ownerReferences?.find((owner) => owner.controller && owner.kind === kind)?.name;

/** The object, owned by another as controller-runtime's `SetControllerReference` does it. */
export function owned(owner: KubernetesObject, object: KubernetesObject): KubernetesObject {
  const { apiVersion, kind, metadata } = owner;
  const reference = { apiVersion, kind, name: metadata.name, uid: metadata.uid! };
  return {
    ...object,
    metadata: {
      ...object.metadata,
      namespace: metadata.namespace,
      ownerReferences: [{ ...reference, controller: true, blockOwnerDeletion: true }],
    },
  };
}

/**
 * Reads an object again, changes it and replaces it; again, up to five times, where somebody else was faster
 * (`retry.RetryOnConflict` with `retry.DefaultRetry` of client-go).
 */
export async function updateLatest(
  client: Pick<OperatorClient, 'read' | 'update'>,
  reference: ObjectReference,
  change: (latest: KubernetesObject) => KubernetesObject,
  fieldManager: string,
  subresource?: string,
): Promise<KubernetesObject> {
  for (let attempt = 1; ; attempt++) {
    const latest = await client.read(reference);
    if (!latest) throw new RefusedError(404, `${reference.kind} ${reference.name} is gone`);
    try {
      return await client.update(change(latest), fieldManager, subresource);
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 409 || attempt === 5) throw error;
      await sleep(10);
    }
  }
}

/** Writes a status; an object that changed meanwhile is left for the next attempt, which that change causes. */
export async function writeStatus(
  client: OperatorClient,
  object: KubernetesObject,
  status: object,
): Promise<void> {
  const { apiVersion, kind, metadata } = object;
  const reference = { apiVersion, kind, name: metadata.name, namespace: metadata.namespace };
  try {
    await client.merge(
      reference,
      { metadata: { resourceVersion: metadata.resourceVersion }, status },
      'status',
    );
  } catch (error) {
    if (!(error instanceof RefusedError) || ![404, 409].includes(error.status)) throw error;
  }
}
