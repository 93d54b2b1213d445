import type { moveRules } from '../../../cli/rollout/findings/rules';
import type { KubeObject } from '../../../cli/rollout/kubernetes/object';
import { locateMove } from '../../../cli/rollout/move/migrate';
import { findMove } from '../../../cli/rollout/move/clients/find-move';
import { findClients } from '../../../cli/rollout/move/clients/find-clients';
import { apiWith } from './api-server';
import { bundlesOf, hub, moveOf, namespace, object, platform, secret, stagesOf } from './objects';
import { refused, type Provocation } from './provocation';

const oldServer = 'old-login';
const password = {
  name: 'SOURCE_PASSWORD',
  valueFrom: { secretKeyRef: { name: oldServer, key: 'password' } },
};

const job = (name = 'migrate', env: object[] = [password, { name: 'SOURCE_HOST', value: 'old-db' }]) =>
  object('batch/v1', 'Job', name, {
    metadata: { labels: { 'cdk8s-rhdh/move': 'hub' } },
    spec: { template: { spec: { containers: [{ name: 'migrate', env }] } } },
  });

const finding =
  (...files: KubeObject[][]) =>
  () =>
    refused(() => findMove(stagesOf(...files)));

/** What is found of a move of `hub` in a cluster with these objects, when the bundles carry a platform. */
const clients =
  (live: KubeObject[], paused = false) =>
  async () => {
    const stages = stagesOf([job()], [hub()], [platform('mine')]);
    return (await findClients(apiWith(live), namespace, findMove(stages), stages, paused)).problems;
  };

const old = { database: { enableLocalDb: false, authSecretName: oldServer } };
const running = [secret(oldServer), hub('hub', old)];
const atOldServer = (name: string) => ({ persistence: { postgresql: { secretRef: { name } } } });
const flow = object('sonataflow.org/v1alpha08', 'SonataFlow', 'greeting', {
  spec: { ...atOldServer(oldServer), podTemplate: { deploymentModel: 'knative' } },
});
const ofArgo = object('apps/v1', 'Deployment', 'portal', {
  metadata: { annotations: { 'argocd.argoproj.io/tracking-id': 'portal' } },
  spec: {
    template: { spec: { containers: [{ name: 'x', envFrom: [{ secretRef: { name: oldServer } }] }] } },
  },
});

export const moveProvocations: Readonly<Record<keyof typeof moveRules, Provocation>> = {
  'no-migration': {
    when: 'there is a hub alone',
    provoke: finding([hub()]),
    message: 'no bundle carries a Job with the label cdk8s-rhdh/move',
  },
  'several-migrations': {
    when: 'two hubs are moved',
    provoke: finding([job(), job('other')], [hub()]),
    message: 'these Jobs all move databases: Job/migrate (0000-x.yaml), Job/other (0000-x.yaml)',
  },
  'no-source-secret': {
    when: 'it has a plain password',
    provoke: finding([job('migrate', [{ name: 'SOURCE_PASSWORD', value: 'x' }])], [hub()]),
    message: 'Job/migrate takes SOURCE_PASSWORD from no Secret, so it is not known what has to be kept',
  },
  'no-hub': {
    when: 'the hub comes before the Job',
    provoke: finding([hub()], [job()]),
    message: 'no bundle after the one of Job/migrate carries the Backstage resource hub',
  },
  'other-move': {
    when: 'another hub was stopped',
    provoke: () =>
      refused(() =>
        locateMove(apiWith([moveOf('other', 'preflight', 'stop')]), bundlesOf([job()], [hub()]), {
          namespace,
          namespaceIsExplicit: false,
          createNamespace: false,
          forceConflicts: false,
          discardLocalDatabase: false,
          timeout: 1000,
          patience: 1000,
          signal: new AbortController().signal,
          listener: () => undefined,
        }),
      ),
    message: 'the move of Backstage/other is under way in the namespace rhdh',
  },
  'no-source': {
    when: 'nobody has created it',
    provoke: clients([hub('hub', old)]),
    message: 'Secret/old-login, with the login of the old server, does not exist in the namespace rhdh',
  },
  'hub-elsewhere': {
    when: 'it uses another Secret',
    provoke: clients([secret(oldServer), hub()]),
    message: 'Backstage/hub does not use the server of Secret/old-login',
  },
  'other-platform': {
    when: 'the operator made one',
    provoke: clients([...running, platform('sonataflow-platform', atOldServer(oldServer))]),
    message: "SonataFlowPlatform/sonataflow-platform is the namespace's platform, and the bundles carry mine",
  },
  'knative-workflow': {
    when: 'it uses the old server',
    provoke: clients([...running, flow]),
    message:
      'SonataFlow/greeting is a Knative service, which starts by itself when it is called; it cannot write while the old server is read-only',
  },
  gitops: {
    when: 'Argo CD tracks a client of the old server',
    provoke: clients([...running, ofArgo]),
    leniently: clients([...running, ofArgo], true),
    message: 'Argo CD manages Deployment/portal, and would turn back what the move does',
    advice:
      'Pause its sync (argocd app set <application> --sync-policy none), run again with --gitops-paused, and commit the new bundles before you resume it.',
  },
};
