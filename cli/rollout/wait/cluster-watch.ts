import { groupKind, type KubeObject } from '../kubernetes/object';
import { ObjectSet } from '../gates/object-set';
import type { Api } from '../kubernetes/api';
import { isForbidden } from '../kubernetes/api-error';
import type { KindVersion } from '../kubernetes/resource';
import { watch } from '../kubernetes/watch';

/** A kind to watch, in a namespace or in the cluster. */
export interface WatchedKind extends KindVersion {
  readonly namespace?: string;
  /** This object alone. @default - all of the kind */
  readonly name?: string;
  /** The rollout goes on without it where it is forbidden. */
  readonly optional?: boolean;
}

/** Keeps the objects of some kinds as they are in the cluster. */
export class ClusterWatch {
  readonly objects = new ObjectSet();
  private readonly stop = new AbortController();
  private readonly unsynced = new Set<string>();
  private error: unknown;
  private wake: () => void = () => undefined;

  constructor(
    private readonly api: Api,
    kinds: readonly WatchedKind[],
  ) {
    const unique = new Map(
      kinds.map((kind) => [`${groupKind(kind)} ${kind.namespace ?? ''}/${kind.name ?? ''}`, kind]),
    );
    for (const [key, kind] of unique) {
      this.unsynced.add(key);
      void this.follow(key, kind);
    }
  }

  /** Resolves at the next change, at `deadline` (epoch milliseconds, or Infinity), or when `signal` is aborted. */
  async change(deadline: number, signal: AbortSignal): Promise<void> {
    if (this.pending) return this.take();
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.wake = () => undefined;
        resolve();
      };
      const timer = Number.isFinite(deadline)
        ? setTimeout(done, Math.max(0, deadline - Date.now()))
        : undefined;
      this.wake = done;
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });
    this.take();
  }

  /** Whether every kind was listed. @throws what ended a watch */
  get synced(): boolean {
    if (this.error !== undefined) throw this.error;
    return this.unsynced.size === 0;
  }

  close(): void {
    this.stop.abort();
  }

  private pending = false;

  private take(): void {
    this.pending = false;
  }

  private notify(): void {
    this.pending = true;
    setImmediate(() => this.wake());
  }

  private synchronize(kind: WatchedKind, items: readonly KubeObject[]): void {
    const { namespace, name } = kind;
    if (name === undefined) return this.objects.replaceAll(groupKind(kind), namespace, items);
    const known = this.objects.get(groupKind(kind), namespace, name);
    if (known !== undefined) this.objects.remove(known);
    for (const item of items) this.objects.put(item);
  }

  private async follow(key: string, kind: WatchedKind): Promise<void> {
    const named = (object: KubeObject) => ({ ...object, apiVersion: kind.apiVersion, kind: kind.kind });
    try {
      await watch(
        this.api,
        kind,
        kind,
        (event) => {
          if (event.type === 'synced') this.synchronize(kind, event.items);
          else if (event.type === 'changed') this.objects.put(named(event.object));
          else this.objects.remove(named(event.object));
          this.unsynced.delete(key);
          this.notify();
        },
        this.stop.signal,
      );
    } catch (error) {
      if (this.stop.signal.aborted) return;
      if (kind.optional && isForbidden(error)) this.unsynced.delete(key);
      else this.error = error;
      this.notify();
    }
  }
}
