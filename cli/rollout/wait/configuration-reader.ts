import { backstage } from 'cdk8s-rhdh/operators';
import { groupKind, type KubeObject } from '../bundles/manifest';
import { concurrently } from '../kubernetes/concurrently';
import { backstageWorkload } from '../gates/backstage';
import { configurationReferences } from '../gates/backstage-configuration';
import type { Api } from '../kubernetes/api';
import { isForbidden } from '../kubernetes/api-error';
import type { ClusterWatch } from './cluster-watch';

/** Reads the ConfigMaps and Secrets of hubs, which are not watched, whenever the hub's workload has changed. */
export class ConfigurationReader {
  private readonly seen = new Map<string, string>();

  constructor(
    private readonly api: Api,
    private readonly watch: ClusterWatch,
  ) {}

  async refresh(applied: readonly KubeObject[]): Promise<void> {
    for (const object of applied) {
      if (groupKind(object) !== backstage) continue;
      const { namespace, name } = object.metadata;
      const live = this.watch.objects.get(groupKind(object), namespace, name);
      if (live === undefined) continue;
      const workload = backstageWorkload(live, this.watch.objects);
      const version = `${workload?.metadata.uid} ${workload?.metadata.generation} ${live.metadata.generation}`;
      if (this.seen.get(name) === version) continue;
      this.seen.set(name, version);
      await concurrently(configurationReferences(live), 6, (reference) =>
        this.read(reference.kind, namespace, reference.name),
      );
    }
  }

  private async read(kind: string, namespace: string | undefined, name: string): Promise<void> {
    try {
      const object = await this.api.find({ apiVersion: 'v1', kind, namespace, name });
      if (object !== undefined) this.watch.objects.put({ ...object, apiVersion: 'v1', kind });
    } catch (error) {
      if (!isForbidden(error)) throw error;
    }
  }
}
