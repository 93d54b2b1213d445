import type { KubeObject } from '../kubernetes/object';
import type { Action } from '../event';
import type { PlannedObject } from '../plan/planned-object';
import type { RolloutStage } from '../stages/rollout-stage';
import { checkLiveObjects } from './check-live-objects';

const planned = (kind: string, action: Action, more: Partial<PlannedObject> = {}): PlannedObject => {
  const object: KubeObject = {
    apiVersion: 'v1',
    kind,
    metadata: { name: 'x' },
    spec: { ttlSecondsAfterFinished: 60 },
  };
  const manifest = { object, file: '0000-x.yaml', line: 1 };
  return { manifest, object, stage: '0000-x', stageIndex: 0, action, live: object, ...more };
};

const stageOf = (objects: readonly PlannedObject[]): RolloutStage => ({
  name: '0000-x',
  index: 0,
  bundle: { stage: '0000-x', file: '0000-x.yaml', manifests: [] },
  objects,
});

const check = (...objects: PlannedObject[]) =>
  checkLiveObjects([stageOf(objects)], { objects, problems: [] });

test('what applying would leave or only adopt is as the bundles say, and a Job may be gone', () => {
  expect(
    check(
      planned('Secret', 'leave'),
      planned('Service', 'adopt'),
      planned('Job', 'create', { live: undefined }),
    ),
  ).toEqual({
    check: 'live-objects',
    subject: undefined,
    outcome: 'passed',
    message: '3 objects are what the bundles say',
    problems: [],
  });
});

test('what applying would create or change is named', () => {
  const objects = [
    planned('Secret', 'create', { live: undefined }),
    planned('Service', 'change'),
    planned('Job', 'replace', { note: 'it failed before and is started again' }),
  ];
  expect(check(...objects).problems).toEqual([
    'Secret/x does not exist',
    'Service/x differs from 0000-x',
    'Job/x it failed before and is started again',
  ]);
});

test('what the API server refuses or does not know is told', () => {
  const refused = planned('Secret', 'change');
  const unknown = {
    ...planned('Hub', 'change'),
    manifest: { ...planned('Hub', 'change').manifest, line: 9 },
  };
  const problem = {
    severity: 'error',
    rule: 'invalid-object',
    where: '0000-x.yaml:1',
    message: 'Secret/x is not valid',
  } as const;
  expect(
    checkLiveObjects([stageOf([refused, unknown])], { objects: [], problems: [problem] }).problems,
  ).toEqual(['0000-x.yaml:1: Secret/x is not valid', 'Hub/x: the API server does not know v1 Hub']);
});
