import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from './chance';
import { type Client, type KubernetesObject, type ObjectReference, RefusedError } from '../client';

export interface OperatorProps {
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

/**
 * The work queue of a Kubernetes controller: one resource at a time, a change during the work is work again, a
 * failure is tried again, later and later. A reconciler can ask to be called again after some milliseconds.
 */
export class Controller implements Operator {
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  private readonly queued = new Set<string>();
  private readonly failures = new Map<string, number>();
  private readonly ends: (() => Promise<void>)[] = [];
  private work: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly client: Client,
    private readonly props: OperatorProps,
    private readonly reconcile: (namespace: string, name: string) => Promise<number | void>,
  ) {}

  /** Queues what a change of any object of this kind affects. */
  async watch(kind: Pick<ObjectReference, 'apiVersion' | 'kind'>, affects: Affects): Promise<void> {
    const asked = async (object: KubernetesObject, gone: boolean) => {
      const name = await affects(object, gone);
      if (name) this.queue(`${object.metadata.namespace}/${name}`, this.props.delayMilliseconds ?? 0);
    };
    const end = await this.client.watch({ ...kind, namespace: this.props.namespace }, (object, gone) => {
      asked(object, gone).catch(() => undefined);
    });
    this.ends.push(end);
  }

  async rest(): Promise<void> {
    do {
      await sleep(100);
      await this.work;
    } while (this.waiting.size > 0);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.waiting.forEach((timer) => clearTimeout(timer));
    await Promise.all(this.ends.map((end) => end()));
    await this.work;
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
      const again = await this.reconcile(namespace, name);
      this.failures.delete(key);
      if (again !== undefined && !this.waiting.has(key)) this.queue(key, again);
    } catch {
      const failures = this.failures.get(key) ?? 0;
      this.failures.set(key, failures + 1);
      const longest = this.props.longestRetryMilliseconds ?? 1_000_000;
      if (!this.waiting.has(key)) this.queue(key, Math.min(5 * 2 ** failures, longest));
    }
    await sleep(0);
  }
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
  client: Client,
  reference: ObjectReference,
  change: (latest: KubernetesObject) => KubernetesObject,
  fieldManager: string,
  subresource?: string,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const latest = await client.read(reference);
    if (!latest) throw new RefusedError(404, `${reference.kind} ${reference.name} is gone`);
    try {
      await client.update(change(latest), fieldManager, subresource);
      return;
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 409 || attempt === 5) throw error;
      await sleep(10);
    }
  }
}

/** Writes a status; an object that changed meanwhile is left for the next attempt, which that change causes. */
export async function writeStatus(client: Client, object: KubernetesObject, status: object): Promise<void> {
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
