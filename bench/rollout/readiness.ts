import type { Client, KubernetesObject } from '../../test/cluster/client';

const kinds = [
  ['apps/v1', 'StatefulSet'],
  ['apps/v1', 'Deployment'],
  ['batch/v1', 'Job'],
] as const;

/** What runs in a namespace and when it became ready, as a watch of its own sees it. */
export class Readiness {
  /** Starts to look. */
  static async of(client: Client, namespace: string): Promise<Readiness> {
    const readiness = new Readiness();
    for (const [apiVersion, kind] of kinds) {
      readiness.ends.push(
        await client.watch({ apiVersion, kind, namespace }, (object) => readiness.see(object)),
      );
    }
    return readiness;
  }

  private readonly ends: (() => Promise<void>)[] = [];
  private readonly since = new Map<string, number>();
  private readonly moments: number[] = [];

  /** The last moment before `time` at which something became ready; in ms since 1970. */
  lastBefore(time: number): number | undefined {
    return this.moments.filter((moment) => moment <= time).pop();
  }

  async stop(): Promise<void> {
    await Promise.all(this.ends.map((end) => end()));
  }

  private see(object: KubernetesObject): void {
    const key = `${object.kind}/${object.metadata.name}`;
    if (!isReady(object)) {
      this.since.delete(key);
    } else if (!this.since.has(key)) {
      const now = Date.now();
      this.since.set(key, now);
      this.moments.push(now);
    }
  }
}

function isReady({ kind, metadata, spec, status = {} }: KubernetesObject): boolean {
  if (kind === 'Job') {
    const conditions: { type: string; status: string }[] = status.conditions ?? [];
    return conditions.some(({ type, status }) => type === 'Complete' && status === 'True');
  }
  const { observedGeneration, replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status;
  return (
    observedGeneration === metadata.generation &&
    [replicas, updatedReplicas, availableReplicas].every((count) => count === (spec.replicas ?? 1))
  );
}
