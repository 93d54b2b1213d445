import type { KubeObject } from '../kubernetes/object';
import { stepsOf } from './plan-destroy';

const object = (kind: string): KubeObject => ({ apiVersion: 'v1', kind, metadata: { name: 'x' } });
const targets = { hubs: [], workflows: [], platforms: [], claims: [], releases: [], otherHubs: [] };

test('the steps are in the sequence in which nothing makes anew what was deleted', () => {
  const [hub, workflow, platform, claim] = ['Backstage', 'SonataFlow', 'SonataFlowPlatform', 'Claim'].map(
    object,
  );
  expect(
    stepsOf({
      ...targets,
      claims: [claim!],
      platforms: [platform!],
      workflows: [workflow!],
      hubs: [hub!],
      otherHubs: [object('Other')],
    }),
  ).toEqual([
    { name: 'hub', objects: [hub] },
    { name: 'workflows', objects: [workflow] },
    { name: 'platforms', objects: [platform] },
    { name: 'plugins', objects: [claim] },
  ]);
});

test('a step without anything to delete is none', () => {
  expect(stepsOf({ ...targets, claims: [object('Claim')] })).toHaveLength(1);
  expect(stepsOf(targets)).toEqual([]);
});
