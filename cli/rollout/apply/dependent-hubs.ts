import { backstage } from 'cdk8s-rhdh/operators';
import { groupKind, type KubeObject } from '../kubernetes/object';
import { configurationReferences } from '../gates/backstage-configuration';

/**
 * The hubs of earlier stages that read a ConfigMap or Secret of this stage. Their operator rolls them out once
 * more, so that the stage is ready with them, not with its passive objects.
 *
 * @param applied the objects of this stage
 * @param earlier the objects of the stages before it
 */
export function dependentHubs(applied: readonly KubeObject[], earlier: readonly KubeObject[]): KubeObject[] {
  const place = (kind: string, namespace: string | undefined, name: string) => `${kind}/${namespace}/${name}`;
  const changed = new Set(
    applied.map(({ kind, metadata }) => place(kind, metadata.namespace, metadata.name)),
  );
  return earlier.filter(
    (object) =>
      groupKind(object) === backstage &&
      configurationReferences(object).some(
        ({ kind, name, watched }) => watched && changed.has(place(kind, object.metadata.namespace, name)),
      ),
  );
}
