import { backstage } from 'cdk8s-rhdh/operators';
import { groupKind, type KubeObject } from '../kubernetes/object';
import { concurrently } from '../kubernetes/concurrently';
import { backstageWorkload } from '../gates/backstage';
import { configurationReferences } from '../gates/backstage-configuration';
import type { Api } from '../kubernetes/api';
import { unlessForbidden } from '../kubernetes/unless-forbidden';
import type { ObjectSet } from '../gates/object-set';

/** Reads the ConfigMaps and Secrets of hubs, which are not watched, whenever the hub's workload has changed. */
export class ConfigurationReader {
  private readonly seen = new Map<string, string>();

  constructor(private readonly api: Api) {}

  /** @param objects get what was read */
  async refresh(applied: readonly KubeObject[], objects: ObjectSet): Promise<void> {
    for (const object of applied) {
      if (groupKind(object) !== backstage) continue;
      const { namespace, name } = object.metadata;
      const live = objects.get(groupKind(object), namespace, name);
      if (live === undefined) continue;
      const workload = backstageWorkload(live, objects);
      const version = `${workload?.metadata.uid} ${workload?.metadata.generation} ${live.metadata.generation}`;
      if (this.seen.get(name) === version) continue;
      this.seen.set(name, version);
      await concurrently(configurationReferences(live), 6, async ({ kind, name: referred }) => {
        const found = await unlessForbidden(
          this.api.find({ apiVersion: 'v1', kind, namespace, name: referred }),
        );
        if (found !== undefined) objects.put({ ...found, apiVersion: 'v1', kind });
      });
    }
  }
}
