import { configurationHash } from 'cdk8s-rhdh/operators';
import { displayName, type KubeObject } from '../kubernetes/object';
import { backstageWorkload } from '../gates/backstage';
import { configHash } from '../gates/backstage-configuration';
import type { ObjectSet } from '../gates/object-set';
import { hasForm } from '../stages/forms';
import type { RolloutObject } from '../stages/rollout-stage';
import { checked } from './check-result';
import type { Check } from '../event';

/**
 * The hub's plugins are those of the last stage that carries them, and the pods were started with them.
 *
 * @returns nothing where the bundles do not carry the hub's plugins
 */
export function checkPlugins(
  backstage: KubeObject,
  items: readonly RolloutObject[],
  objects: ObjectSet,
): Check | undefined {
  const name: string | undefined = backstage.spec?.application?.dynamicPluginsConfigMapName;
  const { namespace } = backstage.metadata;
  const forms = items.filter(
    ({ object: { kind, metadata } }) =>
      kind === 'ConfigMap' && metadata.name === name && metadata.namespace === namespace,
  );
  const last = forms.at(-1);
  if (last === undefined) return undefined;
  const problems: string[] = [];
  const live = objects.get('ConfigMap', namespace, last.object.metadata.name);
  if (live === undefined) {
    problems.push(`there is no ${displayName(last.object)}`);
  } else if (!hasForm(live, last.object)) {
    const earlier = forms.find(({ object }) => hasForm(live, object));
    problems.push(
      earlier === undefined
        ? `${displayName(live)} is not what ${last.stage} says`
        : `${displayName(live)} still has the form of ${earlier.stage}, not of ${last.stage}`,
    );
  }
  const workload = backstageWorkload(backstage, objects);
  const present: string | undefined = workload?.spec?.template?.metadata?.annotations?.[configurationHash];
  const expected = configHash(backstage, objects);
  if (present !== undefined && expected !== undefined && present !== expected) {
    problems.push(`${displayName(workload as KubeObject)} was not rolled out with the present configuration`);
  }
  return checked('plugins', displayName(backstage), `the plugins of ${last.stage}`, problems);
}
