import type { KubeObject } from '../kubernetes/object';
import { referenceTo, type Api } from '../kubernetes/api';
import { isConflict } from '../kubernetes/api-error';
import {
  isOwnLease,
  leaseName,
  leaseSeconds,
  lockHolder,
  newLease,
  readLease,
  renewedLease,
  secondsLeft,
} from './lease';

/** How often a lock is renewed, in milliseconds. */
const renewalInterval = (leaseSeconds * 1000) / 3;

/** How long after a renewal nobody else can have taken the lock, in milliseconds: what is left is for a request on its way. */
const sureFor = (leaseSeconds - 5) * 1000;

/** Somebody else rolls out into the namespace. */
export class LockedError extends Error {
  constructor(
    readonly holder: string,
    readonly expiresInSeconds: number,
    namespace: string,
  ) {
    super(
      `${holder} is rolling out into the namespace ${namespace}.\n` +
        `If it was killed, its lock (Lease/${leaseName}) expires in ${expiresInSeconds} s; then run again.`,
    );
    this.name = 'LockedError';
  }
}

/** The lock was held, and somebody else may hold it now. */
export class LockLostError extends Error {
  constructor(why: string) {
    super(`the lock was lost: ${why}. Look at \`cdk8s-rhdh status\`, and run again.`);
    this.name = 'LockLostError';
  }
}

/** A lock that is held and renewed. */
export interface Lock {
  /** Aborted, with a LockLostError as its reason, when somebody else may hold the lock. */
  readonly lost: AbortSignal;
  /**
   * Awaited before every write: settles at once as long as nobody else can hold the lock, else when it is renewed.
   *
   * @throws LockLostError
   */
  confirmed(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes the lock of a namespace and renews it until it is released. A holder that was killed is known to be dead on its own
 * machine, and elsewhere when its lock expired by the server's clock.
 *
 * @throws LockedError when somebody else holds it.
 */
export async function acquireLock(api: Api, namespace: string): Promise<Lock> {
  const elapsed = stopwatch();
  return new HeldLock(api, await take(api, namespace), elapsed);
}

async function take(api: Api, namespace: string): Promise<KubeObject> {
  const { lease, now } = await readLease(api, namespace);
  const holder = lockHolder(lease, now);
  if (lease !== undefined && holder !== undefined && !isOwnLease(lease)) {
    throw new LockedError(holder, secondsLeft(lease, now), namespace);
  }
  const own = newLease(namespace, now);
  try {
    if (lease === undefined) return await api.create(own);
    const { resourceVersion } = lease.metadata;
    return await api.replace({ ...own, metadata: { ...own.metadata, resourceVersion } });
  } catch (error) {
    if (isConflict(error)) return take(api, namespace);
    throw error;
  }
}

class HeldLock implements Lock {
  private readonly abortion = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private renewal: Promise<void> | undefined;

  constructor(
    private readonly api: Api,
    private lease: KubeObject,
    private elapsed: () => number,
  ) {
    this.timer = setInterval(() => void this.renew(), renewalInterval);
    this.timer.unref();
  }

  get lost(): AbortSignal {
    return this.abortion.signal;
  }

  async confirmed(): Promise<void> {
    while (!this.lost.aborted && this.elapsed() > sureFor) await this.renew();
    this.lost.throwIfAborted();
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    await this.renewal;
    if (this.lost.aborted) return;
    const { uid, resourceVersion } = this.lease.metadata;
    try {
      await this.api.delete(referenceTo(this.lease), { preconditions: { uid, resourceVersion } });
    } catch (error) {
      // Somebody else has taken it meanwhile.
      if (!isConflict(error)) throw error;
    }
  }

  /** One renewal at a time; never rejects. */
  private renew(): Promise<void> {
    this.renewal ??= this.renewed()
      .catch((error: Error) => {
        if (this.elapsed() > sureFor) this.lose(`it could not be renewed in time (${error.message})`);
      })
      .finally(() => (this.renewal = undefined));
    return this.renewal;
  }

  /** The Lease is read first, and replaced as it was read, so nobody else can have held it in between. */
  private async renewed(): Promise<void> {
    const elapsed = stopwatch();
    const { lease, now } = await readLease(this.api, this.lease.metadata.namespace!);
    if (lease === undefined) return this.lose('its Lease was deleted');
    if (!isOwnLease(lease)) return this.lose(`${lease.spec.holderIdentity} has taken it`);
    try {
      this.lease = await this.api.replace(renewedLease(lease, now));
      this.elapsed = elapsed;
    } catch (error) {
      if (isConflict(error)) return this.renewed();
      throw error;
    }
  }

  private lose(why: string): void {
    clearInterval(this.timer);
    if (!this.lost.aborted) this.abortion.abort(new LockLostError(why));
  }
}

/**
 * Milliseconds since now. A clock that only counts forward stands while a machine sleeps, the one of the day does not, and
 * may be set back: the larger counts.
 */
function stopwatch(): () => number {
  const [day, count] = [Date.now(), performance.now()];
  return () => Math.max(Date.now() - day, performance.now() - count);
}
