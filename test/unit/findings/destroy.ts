import type { destroyRules } from '../../../cli/rollout/findings/rules';
import type { KubeObject } from '../../../cli/rollout/kubernetes/object';
import { planDestroy } from '../../../cli/rollout/destroy/plan-destroy';
import { confirmDeletion } from '../../../cli/run/destroy';
import { apiWith } from './api-server';
import { bundlesOf, hub, localDatabase, moveOf, namespace, platform, theNamespace } from './objects';
import { refused, type Provocation } from './provocation';

const planning =
  (discardLocalDatabase: boolean, ...live: KubeObject[]) =>
  async () => {
    const options = { namespace, namespaceIsExplicit: false, discardLocalDatabase };
    return (await planDestroy(apiWith([theNamespace, ...live]), bundlesOf([hub()]), options)).problems;
  };

const unmoved = [hub('hub', {}), localDatabase];
const moving = [hub(), moveOf('hub', 'preflight', 'stop')];

export const destroyProvocations: Readonly<Record<keyof typeof destroyRules, Provocation>> = {
  'unmoved-data': {
    when: 'nothing was moved',
    provoke: planning(false, ...unmoved),
    leniently: planning(true, ...unmoved),
    message:
      "Backstage/hub uses the operator's local database (StatefulSet/backstage-psql-hub), and nothing of it was moved: its Secret would be deleted with the hub, and only the volume would stay",
    advice: 'Move it with `cdk8s-rhdh migrate`, or throw its data away: --discard-local-database.',
  },
  'unfinished-move': {
    when: 'it is stopped',
    provoke: planning(false, ...moving),
    leniently: planning(true, ...moving),
    message: 'Backstage/hub: the move of its databases is not finished',
  },
  'other-hub': {
    when: 'it shares the platform',
    provoke: planning(false, hub(), hub('other'), platform('platform')),
    message:
      'Backstage/other is in the same namespace, and not in the bundles: it stays, without SonataFlowPlatform/platform',
  },
  'not-confirmed': {
    when: 'the output is for a program',
    provoke: () =>
      refused(() =>
        confirmDeletion(
          { hubs: [], workflows: [], platforms: [], claims: [], releases: [], otherHubs: [] },
          { output: 'json' },
        ),
      ),
    message: 'nobody can be asked here',
  },
};
