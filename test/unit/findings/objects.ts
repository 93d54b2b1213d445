import type { BundleFile } from '../../../cli/rollout/bundles/bundle-file';
import type { KubeObject } from '../../../cli/rollout/kubernetes/object';
import type { RolloutStage } from '../../../cli/rollout/stages/rollout-stage';

export const namespace = 'rhdh';

/** An object of the namespace `rhdh`, with a uid by which others may belong to it. */
export function object(
  apiVersion: string,
  kind: string,
  name: string,
  content: Record<string, unknown> = {},
): KubeObject {
  const { metadata, ...rest } = content as { metadata?: object };
  return {
    apiVersion,
    kind,
    metadata: { name, namespace, uid: `uid of ${kind} ${name}`, ...metadata },
    ...rest,
  };
}

export const configMap = (name: string, data: Record<string, string> = {}) =>
  object('v1', 'ConfigMap', name, { data });
export const secret = (name: string) => object('v1', 'Secret', name);
export const hub = (name = 'hub', spec: object = { database: { enableLocalDb: false } }) =>
  object('rhdh.redhat.com/v1alpha4', 'Backstage', name, { spec });
export const platform = (name: string, spec: object = {}) =>
  object('sonataflow.org/v1alpha08', 'SonataFlowPlatform', name, { spec });
export const localDatabase = object('apps/v1', 'StatefulSet', 'backstage-psql-hub');
export const theNamespace: KubeObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: namespace },
};

/** How far the move of a hub is, as it is kept in the cluster. */
export const moveOf = (name: string, ...steps: string[]) =>
  configMap('cdk8s-rhdh-move', {
    'move.json': JSON.stringify({
      hub: name,
      steps: steps.map((step) => ({ step, state: 'done', started: '2026-01-01T00:00:00Z' })),
    }),
  });

/** Bundles of these objects: `0000-x.yaml`, `0100-x.yaml` and so on. */
export function bundlesOf(...files: KubeObject[][]): BundleFile[] {
  return files.map((objects, index) => {
    const stage = `${String(index * 100).padStart(4, '0')}-x`;
    const file = `${stage}.yaml`;
    return { stage, file, manifests: objects.map((one) => ({ object: one, file, line: 1 })) };
  });
}

/** The stages of such bundles. */
export function stagesOf(...files: KubeObject[][]): RolloutStage[] {
  return bundlesOf(...files).map((bundle, index) => ({
    name: bundle.stage,
    index,
    bundle,
    objects: bundle.manifests.map((manifest) => ({
      manifest,
      object: manifest.object,
      stage: bundle.stage,
      stageIndex: index,
    })),
  }));
}
