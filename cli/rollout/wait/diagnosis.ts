import { type KubeObject, displayName } from '../kubernetes/object';
import { printable } from '../bundles/printable';
import type { ObjectSet } from '../gates/object-set';
import type { Api } from '../kubernetes/api';
import { podsOf, workloadsOf } from './workloads';
import { troublesOf, troubleText, type ContainerTrouble } from './pods';

const lastEvents = 5;
const lastLines = 10;

/** Why an object is not ready, as far as the cluster tells: its pods' reasons, last events, last log lines. */
export async function diagnose(api: Api, object: KubeObject, objects: ObjectSet): Promise<string[]> {
  const workloads = workloadsOf(object, objects);
  const pods = workloads.flatMap((workload) => podsOf(workload, objects));
  const troubles = pods.flatMap(troublesOf);
  const about = [object, ...workloads, ...pods].map(displayName);
  const events = await quietly(() => eventsOf(api, object.metadata.namespace, new Set(about)));
  const logs = await Promise.all(
    failedContainers(pods, troubles).map((trouble) =>
      quietly(() => logOf(api, object.metadata.namespace, trouble)),
    ),
  );
  return [...troubles.map(troubleText), ...events, ...logs.flat()].map(printable);
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

async function eventsOf(
  api: Api,
  namespace: string | undefined,
  about: ReadonlySet<string>,
): Promise<string[]> {
  const { items } = await api.list({ apiVersion: 'v1', kind: 'Event' }, namespace);
  const time = ({ lastTimestamp, eventTime }: EventObject) => lastTimestamp ?? eventTime ?? '';
  return (items as unknown as EventObject[])
    .filter(({ involvedObject: { kind, name } }) => about.has(`${kind}/${name}`))
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
  const query = new URLSearchParams({ container: container ?? '', tailLines: String(lastLines) });
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
