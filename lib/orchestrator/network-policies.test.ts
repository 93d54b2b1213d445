import { objectsOf, stageOf } from '../../test/unit/stage';
import { OrchestratorNetworkPolicies } from './network-policies';

test('events, router, neighbours and monitoring may reach the pods', () => {
  const stage = stageOf();
  new OrchestratorNetworkPolicies(stage, 'policies');
  const namespace = (name: string) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  });
  expect(objectsOf(stage).map(({ kind, metadata, spec }) => [kind, metadata, spec])).toEqual([
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
