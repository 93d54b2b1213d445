import { objectKey, type KubeObject } from '../kubernetes/object';
import type { Api } from '../kubernetes/api';

/** The ConfigMap that the rollout keeps in the namespace. */
export const stateName = 'cdk8s-rhdh-rollout';

/** What an earlier run left: which stage applied an object last, and which Jobs completed. */
export interface RolloutState {
  /** Stage by object key. */
  readonly stages: Readonly<Record<string, string>>;
  /** Digest of the completed Job's manifest by object key. */
  readonly completedJobs: Readonly<Record<string, string>>;
}

export const noState: RolloutState = { stages: {}, completedJobs: {} };

/** @throws Error when the ConfigMap was edited into something else. */
export async function readState(api: Api, namespace: string): Promise<RolloutState> {
  const object = await api.find({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name: stateName });
  return parseState(object, namespace);
}

/** The state in the ConfigMap. @throws Error when it was edited into something else. */
export function parseState(object: KubeObject | undefined, namespace: string): RolloutState {
  const text: unknown = object?.data?.['state.json'];
  if (typeof text !== 'string') return noState;
  try {
    return { ...noState, ...(JSON.parse(text) as RolloutState) };
  } catch {
    throw new Error(
      `ConfigMap/${stateName} in the namespace ${namespace} is damaged: delete it and run again`,
    );
  }
}

/** Writes the state; the same state writes nothing. */
export async function writeState(api: Api, namespace: string, state: RolloutState): Promise<void> {
  await api.apply(stateObject(namespace, state), { force: true });
}

function stateObject(namespace: string, { stages, completedJobs }: RolloutState): KubeObject {
  const text = JSON.stringify({ stages: sorted(stages), completedJobs: sorted(completedJobs) }, undefined, 2);
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: stateName,
      namespace,
      annotations: { 'cdk8s-rhdh/about': 'Which stage applied each object last; kept by cdk8s-rhdh apply.' },
    },
    data: { 'state.json': `${text}\n` },
  };
}

/** The state after a stage began: its objects are this stage's from now on. */
export function withStage(state: RolloutState, stage: string, objects: readonly KubeObject[]): RolloutState {
  const stages = Object.fromEntries(objects.map((object) => [objectKey(object), stage]));
  return { ...state, stages: { ...state.stages, ...stages } };
}

function sorted(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
