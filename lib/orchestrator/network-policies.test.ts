import { Chart } from 'cdk8s';
import { objectsOf, stageOf } from '../../test/unit/stage';
import { Credentials } from '../database/credentials';
import { PostgresStatefulSet } from '../database/postgres-statefulset';
import { OrchestratorNetworkPolicies } from './network-policies';

const server = (name: string) => ({ name, credentials: Credentials.fromSecret('login') });
const policiesOf = (stage: Chart) => objectsOf(stage).filter(({ kind }) => kind === 'NetworkPolicy');

test('events, router, neighbours and monitoring may reach the pods, in the lab those of the server as well', () => {
  const stage = stageOf();
  new PostgresStatefulSet(stage, 'server', server('db'));
  new OrchestratorNetworkPolicies(stage, 'policies', { openDatabase: true });
  const namespace = (name: string) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  });
  expect(policiesOf(stage).map(({ kind, metadata, spec }) => [kind, metadata, spec])).toEqual([
    [
      'NetworkPolicy',
      { name: 'allow-infra-ns-to-workflow-ns', namespace: 'rhdh' },
      {
        podSelector: {},
        ingress: [
          {
            from: [
              namespace('knative-eventing'),
              namespace('knative-serving'),
              namespace('openshift-serverless-logic'),
            ],
          },
        ],
      },
    ],
    [
      'NetworkPolicy',
      { name: 'allow-external-communication', namespace: 'rhdh' },
      {
        podSelector: {},
        ingress: [
          {
            from: [
              { namespaceSelector: { matchLabels: { 'policy-group.network.openshift.io/ingress': '' } } },
            ],
          },
        ],
      },
    ],
    [
      'NetworkPolicy',
      { name: 'allow-intra-network', namespace: 'rhdh' },
      { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }] }] },
    ],
    [
      'NetworkPolicy',
      { name: 'allow-monitoring-to-sonataflow-and-workflows', namespace: 'rhdh' },
      {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [{ from: [namespace('openshift-user-workload-monitoring')] }],
      },
    ],
  ]);
});

test('none of them opens a server of the namespace, which its clients alone may reach', () => {
  const stage = stageOf();
  new PostgresStatefulSet(stage, 'one', server('one'));
  new PostgresStatefulSet(stage, 'two', server('two'));
  new PostgresStatefulSet(new Chart(stage, 'other', { namespace: 'other' }), 'three', server('three'));
  new OrchestratorNetworkPolicies(stage, 'policies');
  const [policies, ofServers] = [policiesOf(stage).slice(0, 4), policiesOf(stage).slice(4)];
  const podSelector = { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['one', 'two'] }] };
  expect(policies.map(({ spec }) => spec.podSelector)).toEqual(policies.map(() => podSelector));
  const having = (key: string) => ({ podSelector: { matchExpressions: [{ key, operator: 'Exists' }] } });
  expect(ofServers.map(({ metadata, spec }) => [metadata.name, spec])).toEqual(
    ['one', 'two'].map((name) => [
      `allow-clients-of-${name}`,
      {
        podSelector: { matchLabels: { app: name } },
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [
              having('rhdh.redhat.com/app'),
              having('sonataflow.org/service'),
              having('sonataflow.org/workflow-app'),
              having('batch.kubernetes.io/job-name'),
            ],
            ports: [{ protocol: 'TCP', port: 5432 }],
          },
        ],
      },
    ]),
  );
});

test('without a server in the namespace all pods are meant', () => {
  const stage = stageOf();
  new OrchestratorNetworkPolicies(stage, 'policies');
  expect(policiesOf(stage).map(({ spec }) => spec.podSelector)).toEqual([{}, {}, {}, {}]);
});
