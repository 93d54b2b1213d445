import type { KubeObject } from '../kubernetes/object';
import type { ObjectSet } from '../gates/object-set';
import type { Api } from '../kubernetes/api';
import { concurrently } from '../kubernetes/concurrently';
import { podsOf, workloadsOf } from '../gates/workloads';
import { troublesOf, troubleText, type ContainerTrouble } from './pods';

const lastEvents = 5;
const lastLines = 10;
/** Of the events about one object, and of a log, in bytes: more is not read. */
const mostEvents = 200;
const longestLog = 64 * 1024;

/** Why an object is not ready, as far as the cluster tells: its pods' reasons, last events, last log lines. */
export async function diagnose(api: Api, object: KubeObject, objects: ObjectSet): Promise<string[]> {
  const workloads = workloadsOf(object, objects);
  const pods = workloads.flatMap((workload) => podsOf(workload, objects));
  const troubles = pods.flatMap(troublesOf);
  const about = [object, ...workloads, ...pods, ...pods.flatMap(claimsOf)];
  const events = await quietly(() => eventsAbout(api, about));
  const logs = await Promise.all(
    failedContainers(pods, troubles).map((trouble) =>
      quietly(() => logOf(api, object.metadata.namespace, trouble)),
    ),
  );
  return [...troubles.map(troubleText), ...events, ...logs.flat()];
}

/** The claims of a pod's volumes: what a provisioner says of a volume is an event of its claim (ProvisioningFailed). */
function claimsOf({ metadata: { namespace }, spec }: KubeObject): KubeObject[] {
  const volumes: { persistentVolumeClaim?: { claimName: string } }[] = spec?.volumes ?? [];
  return volumes.flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim === undefined
      ? []
      : [
          {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            metadata: { name: persistentVolumeClaim.claimName, namespace },
          },
        ],
  );
}

/** The first container in trouble that has run, or else the first that runs without being ready. */
function failedContainers(
  pods: readonly KubeObject[],
  troubles: readonly ContainerTrouble[],
): ContainerTrouble[] {
  const inTrouble = troubles.filter(({ container }) => container !== undefined);
  if (inTrouble.length > 0) return inTrouble.slice(0, 1);
  return pods.slice(0, 1).flatMap(({ metadata, status }) => {
    const unready = ((status?.containerStatuses ?? []) as { name: string; ready: boolean }[]).find(
      ({ ready }) => !ready,
    );
    return unready === undefined
      ? []
      : [{ pod: metadata.name, container: unready.name, reason: 'not ready', restarted: false }];
  });
}

interface EventObject {
  readonly involvedObject: { readonly kind: string; readonly name: string };
  readonly lastTimestamp?: string;
  readonly eventTime?: string;
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
}

/** The server selects them by object, for a namespace may have tens of thousands (kubectl describe asks likewise). */
async function eventsAbout(api: Api, objects: readonly KubeObject[]): Promise<string[]> {
  const lists = await concurrently(objects, 4, ({ kind, metadata: { namespace, name } }) => {
    const fieldSelector = `involvedObject.kind=${kind},involvedObject.name=${name}`;
    const query = new URLSearchParams({ fieldSelector, limit: String(mostEvents) });
    return api.list({ apiVersion: 'v1', kind: 'Event' }, namespace, String(query));
  });
  const time = ({ lastTimestamp, eventTime }: EventObject) => lastTimestamp ?? eventTime ?? '';
  return (lists.flatMap(({ items }) => items) as unknown as EventObject[])
    .sort((a, b) => (time(a) < time(b) ? -1 : 1))
    .slice(-lastEvents)
    .map(
      ({ involvedObject, type, reason, message }) =>
        `event of ${involvedObject.kind}/${involvedObject.name}: ${type} ${reason}: ${(message ?? '').trim()}`,
    );
}

async function logOf(
  api: Api,
  namespace: string | undefined,
  { pod, container, restarted }: ContainerTrouble,
): Promise<string[]> {
  const query = new URLSearchParams({
    container: container ?? '',
    tailLines: String(lastLines),
    limitBytes: String(longestLog),
  });
  if (restarted) query.set('previous', 'true');
  const text = await api.text(`/api/v1/namespaces/${namespace}/pods/${pod}/log?${query}`);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-lastLines).map((line) => `log of ${pod}, container ${container}: ${line}`);
}

/** A report without events or logs is better than none. */
async function quietly(read: () => Promise<string[]>): Promise<string[]> {
  try {
    return await read();
  } catch {
    return [];
  }
}
