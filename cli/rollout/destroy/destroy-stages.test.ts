import type { KubeObject } from '../kubernetes/object';
import { destroyStages } from './destroy-stages';
import type { DestroyPlan } from './plan-destroy';

const object = (kind: string, name: string, metadata: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'rhdh', uid: `uid of ${name}`, ...metadata },
});

const ownedBy = (owner: string) => ({
  ownerReferences: [{ kind: 'x', name: owner, uid: `uid of ${owner}` }],
});
const ofHelm = {
  annotations: { 'meta.helm.sh/release-name': 'greeting', 'meta.helm.sh/release-namespace': 'rhdh' },
};

const plan = (targets: Partial<DestroyPlan['targets']>, more: Partial<DestroyPlan> = {}): DestroyPlan => ({
  serverVersion: 'v1.34.4',
  home: 'rhdh',
  targets: { hubs: [], workflows: [], platforms: [], claims: [], releases: [], otherHubs: [], ...targets },
  owned: [],
  staying: [],
  problems: [],
  ...more,
});

const shown = (given: DestroyPlan) =>
  destroyStages(given).map(({ stage, lines }) => [
    stage,
    ...lines.map(
      (line) => `${line.action} ${line.object.metadata.name}${line.note ? ` (${line.note})` : ''}`,
    ),
  ]);

test('the hub goes first, its plugins claim last; what goes with an object is named below it', () => {
  expect(
    shown(
      plan(
        {
          hubs: [object('Backstage', 'hub')],
          workflows: [object('SonataFlow', 'flow')],
          platforms: [object('SonataFlowPlatform', 'platform')],
          claims: [object('PersistentVolumeClaim', 'plugins')],
        },
        {
          owned: [
            object('Deployment', 'backstage-hub', ownedBy('hub')),
            object('ReplicaSet', 'backstage-hub-1', ownedBy('backstage-hub')),
            object('Deployment', 'data-index', ownedBy('platform')),
          ],
          staying: [object('PersistentVolumeClaim', 'data')],
        },
      ),
    ),
  ).toEqual([
    ['hub', 'delete hub', 'delete backstage-hub (with Backstage/hub)'],
    ['workflows', 'delete flow'],
    ['platforms', 'delete platform', 'delete data-index (with SonataFlowPlatform/platform)'],
    ['plugins', 'delete plugins'],
    ['staying', 'leave data'],
  ]);
});

test('what Helm made is deleted by Helm', () => {
  expect(shown(plan({ workflows: [object('SonataFlow', 'greeting', ofHelm)] }))).toEqual([
    ['workflows', 'delete greeting (by Helm)'],
  ]);
});

test('where nothing is deleted nothing is said to stay', () => {
  expect(shown(plan({}, { staying: [object('PersistentVolumeClaim', 'data')] }))).toEqual([]);
});
