import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { constructArguments } from '../api/arguments';

/** Label that Kubernetes puts on each namespace with its name. */
const namespaceName = 'kubernetes.io/metadata.name';

/**
 * The NetworkPolicies under which workflows work: events of Knative and the SonataFlow operator, the router,
 * pods of the same namespace, and OpenShift's user workload monitoring may reach the pods.
 */
export class OrchestratorNetworkPolicies extends Construct {
  constructor(scope: Construct, id: string) {
    const checked = constructArguments('OrchestratorNetworkPolicies', scope, id, {}, () => ({}));
    super(scope, checked.id);
    checked.reportAt(this, OrchestratorNetworkPolicies);
    this.allow('allow-infra-ns-to-workflow-ns', {
      ingress: [
        {
          from: [
            namespace('knative-eventing'),
            namespace('knative-serving'),
            namespace('openshift-serverless-logic'),
          ],
        },
      ],
    });
    this.allow('allow-external-communication', {
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { 'policy-group.network.openshift.io/ingress': '' } } }],
        },
      ],
    });
    this.allow('allow-intra-network', {
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: {} }] }],
    });
    this.allow('allow-monitoring-to-sonataflow-and-workflows', {
      policyTypes: ['Ingress'],
      ingress: [{ from: [namespace('openshift-user-workload-monitoring')] }],
    });
  }

  private allow(name: string, spec: Omit<k8s.NetworkPolicySpec, 'podSelector'>): void {
    new k8s.KubeNetworkPolicy(this, name, { metadata: { name }, spec: { podSelector: {}, ...spec } });
  }
}

function namespace(name: string): k8s.NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { [namespaceName]: name } } };
}
