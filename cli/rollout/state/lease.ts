import { readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import type { KubeObject } from '../kubernetes/object';
import type { Api } from '../kubernetes/api';
import { isConflict } from '../kubernetes/api-error';
import { pathOf } from '../kubernetes/resource';

/** The Lease that lets one rollout at a time into a namespace. */
export const leaseName = 'cdk8s-rhdh';
const processAnnotation = 'cdk8s-rhdh/process';

/** How long a lock holds after its holder was last heard of, in seconds. */
const leaseSeconds = 30;

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

/** A lock that is held and renewed. */
export interface Lock {
  /** Aborted when the lock was lost to somebody else. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/**
 * Takes the lock of a namespace and renews it until it is released. A holder that was killed is known to be dead
 * on its own machine, and elsewhere when its lock expired by the server's clock.
 *
 * @throws LockedError when somebody else holds it.
 */
export async function acquireLock(api: Api, namespace: string): Promise<Lock> {
  let lease = await take(api, namespace);
  const lost = new AbortController();
  const renewal = setInterval(
    () => {
      renew(api, lease).then(
        (renewed) => {
          if (renewed === undefined) lost.abort();
          else lease = renewed;
        },
        () => undefined,
      );
    },
    (leaseSeconds * 1000) / 3,
  );
  renewal.unref();
  return {
    lost: lost.signal,
    async release() {
      clearInterval(renewal);
      if (lost.signal.aborted) return;
      const reference = { apiVersion: lease.apiVersion, kind: lease.kind, namespace, name: leaseName };
      const { uid } = lease.metadata;
      await api.delete(reference, { preconditions: { uid } });
    },
  };
}

async function take(api: Api, namespace: string): Promise<KubeObject> {
  try {
    return await api.create(newLease(namespace));
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
  const { lease, now } = await readWithClock(api, namespace);
  if (lease === undefined) return take(api, namespace);
  const expiresIn = secondsLeft(lease, now);
  if (expiresIn > 0 && !isOwn(lease) && !isDead(lease)) {
    throw new LockedError(lease.spec.holderIdentity ?? 'somebody', expiresIn, namespace);
  }
  try {
    return await api.replace({
      ...newLease(namespace),
      metadata: { ...newLease(namespace).metadata, resourceVersion: lease.metadata.resourceVersion },
    });
  } catch (error) {
    if (isConflict(error)) return take(api, namespace);
    throw error;
  }
}

/** @returns nothing when somebody else holds the lock now; the conflict may also be a renewal whose answer was lost */
async function renew(api: Api, lease: KubeObject): Promise<KubeObject | undefined> {
  try {
    return await api.replace({ ...lease, spec: { ...lease.spec, renewTime: microTime() } });
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
  const { lease: present } = await readWithClock(api, lease.metadata.namespace!);
  return present !== undefined && isOwn(present) ? { ...lease, ...present } : undefined;
}

async function readWithClock(api: Api, namespace: string): Promise<{ lease?: KubeObject; now: number }> {
  const resource = await api.resource({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' });
  const path = `${pathOf(resource, namespace)}?fieldSelector=metadata.name%3D${leaseName}`;
  const { body, date } = await api.send({ method: 'GET', path });
  const [item] = (JSON.parse(body) as { items: KubeObject[] }).items;
  return { lease: item, now: date === undefined ? Date.now() : Date.parse(date) };
}

/** Who holds a lock, if it has not expired by now (epoch milliseconds) and its process is not known to be dead. */
export function lockHolder(lease: KubeObject | undefined, now: number): string | undefined {
  if (lease === undefined || secondsLeft(lease, now) <= 0 || isDead(lease)) return undefined;
  return lease.spec.holderIdentity ?? 'somebody';
}

function newLease(namespace: string): KubeObject {
  const now = microTime();
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: leaseName, namespace, annotations: { [processAnnotation]: thisProcess() } },
    spec: {
      holderIdentity: identity(),
      leaseDurationSeconds: leaseSeconds,
      acquireTime: now,
      renewTime: now,
    },
  };
}

/** By the server's clock, so that clocks that differ do no harm beyond the holder's own error. */
function secondsLeft({ spec }: KubeObject, now: number): number {
  const end = Date.parse(spec.renewTime ?? 0) + (spec.leaseDurationSeconds ?? leaseSeconds) * 1000;
  return Math.ceil((end - now) / 1000);
}

function identity(): string {
  return `${userInfo().username}@${hostname()} (process ${process.pid})`;
}

/** Which process on which machine; process ids mean something inside their PID namespace alone. */
function thisProcess(): string {
  return `${hostname()} ${pidNamespace()} ${process.pid}`;
}

function isOwn({ metadata }: KubeObject): boolean {
  return metadata.annotations?.[processAnnotation] === thisProcess();
}

function isDead({ metadata }: KubeObject): boolean {
  const [host, namespace, pid] = (metadata.annotations?.[processAnnotation] ?? '').split(' ');
  if (host !== hostname() || namespace === undefined || namespace !== pidNamespace() || !Number(pid)) {
    return false;
  }
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return 'host';
  }
}

function microTime(): string {
  return new Date().toISOString().replace('Z', '000Z');
}
