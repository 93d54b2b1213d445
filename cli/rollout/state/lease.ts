import type { KubeObject } from '../kubernetes/object';
import type { Api } from '../kubernetes/api';
import { pathOf } from '../kubernetes/resource';
import { identity, isDead, thisProcess } from './this-process';

/** The Lease that lets one rollout at a time into a namespace. */
export const leaseName = 'cdk8s-rhdh';
const processAnnotation = 'cdk8s-rhdh/process';

/** How long a lock holds after its last renewal, in seconds. */
export const leaseSeconds = 30;

/** A Lease of this process. @param now the server's clock, epoch milliseconds */
export function newLease(namespace: string, now: number): KubeObject {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: leaseName, namespace, annotations: { [processAnnotation]: thisProcess() } },
    spec: {
      holderIdentity: identity(),
      leaseDurationSeconds: leaseSeconds,
      acquireTime: microTime(now),
      renewTime: microTime(now),
    },
  };
}

/** The same, renewed. @param now the server's clock, epoch milliseconds */
export function renewedLease(lease: KubeObject, now: number): KubeObject {
  return { ...lease, spec: { ...lease.spec, renewTime: microTime(now) } };
}

/**
 * The Lease, and the server's clock, by which all its times are written and read: the clocks of machines differ, and that
 * of a laptop stands while it sleeps.
 */
export async function readLease(
  api: Api,
  namespace: string,
): Promise<{ lease: KubeObject | undefined; now: number }> {
  const resource = await api.resource({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' });
  const path = `${pathOf(resource, namespace)}?fieldSelector=metadata.name%3D${leaseName}`;
  const { body, date } = await api.send({ method: 'GET', path });
  const [item] = (JSON.parse(body) as { items: KubeObject[] }).items;
  const lease = item && { ...item, apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' };
  return { lease, now: date === undefined ? Date.now() : Date.parse(date) };
}

/** Who holds a lock, if it has not expired by now (epoch milliseconds) and its process is not known to be dead. */
export function lockHolder(lease: KubeObject | undefined, now: number): string | undefined {
  if (lease === undefined || secondsLeft(lease, now) <= 0 || isDead(processOf(lease))) return undefined;
  return lease.spec.holderIdentity ?? 'somebody';
}

/** @param now the server's clock, epoch milliseconds */
export function secondsLeft({ spec }: KubeObject, now: number): number {
  const end = Date.parse(spec.renewTime ?? 0) + (spec.leaseDurationSeconds ?? leaseSeconds) * 1000;
  return Math.ceil((end - now) / 1000);
}

export function isOwnLease(lease: KubeObject): boolean {
  return processOf(lease) === thisProcess();
}

function processOf({ metadata }: KubeObject): string {
  return metadata.annotations?.[processAnnotation] ?? '';
}

function microTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000Z');
}
