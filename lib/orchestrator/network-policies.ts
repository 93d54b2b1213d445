import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct, Node } from 'constructs';
import { constructArguments } from '../api/arguments';
import { PostgresStatefulSet, serverLabel } from '../database/postgres-statefulset';
import { hubLabel, serviceLabel, workflowLabel } from '../operators';
import { enforce } from '../rules/rule';
import { networkPoliciesRules } from './rules';

/** Label that Kubernetes puts on each namespace with its name. */
const namespaceName = 'kubernetes.io/metadata.name';

/** Label that Kubernetes puts on the pods of each Job (Kubernetes docs, Well-Known Labels). */
const jobName = 'batch.kubernetes.io/job-name';

/** Properties of {@link OrchestratorNetworkPolicies}. */
export interface OrchestratorNetworkPoliciesProps {
  /**
   * Whether whoever reaches the pods of the namespace reaches the port of its PostgreSQL, too, as in the lab: the router,
   * Knative, OpenShift Serverless Logic, monitoring, and every pod of the namespace.
   * @default false - a policy for each PostgresStatefulSet of the namespace lets in hubs, SonataFlow's services, workflows
   * and Jobs of the namespace, and nobody else
   */
  readonly openDatabase?: boolean;
}

/**
 * The NetworkPolicies under which workflows work: events of Knative and the SonataFlow operator, the router,
 * pods of the same namespace, and OpenShift's user workload monitoring may reach the pods.
 */
export class OrchestratorNetworkPolicies extends Construct {
  constructor(scope: Construct, id: string, props: OrchestratorNetworkPoliciesProps = {}) {
    const checked = constructArguments('OrchestratorNetworkPolicies', scope, id, props, () => ({}));
    super(scope, checked.id);
    checked.reportAt(this, OrchestratorNetworkPolicies);
    const servers = checked.props.openDatabase ? [] : this.serversOfNamespace();
    const podSelector = allBut(servers);
    this.allow('allow-infra-ns-to-workflow-ns', {
      podSelector,
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
      podSelector,
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { 'policy-group.network.openshift.io/ingress': '' } } }],
        },
      ],
    });
    this.allow('allow-intra-network', {
      podSelector,
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: {} }] }],
    });
    this.allow('allow-monitoring-to-sonataflow-and-workflows', {
      podSelector,
      policyTypes: ['Ingress'],
      ingress: [{ from: [namespace('openshift-user-workload-monitoring')] }],
    });
    for (const server of servers) this.allowClientsOf(server);
    enforce(this, networkPoliciesRules, () => ({
      later: checked.props.openDatabase
        ? []
        : this.serversOfNamespace().filter((server) => !servers.includes(server)),
    }));
  }

  private allowClientsOf(server: PostgresStatefulSet): void {
    this.allow(`allow-clients-of-${server.name}`, {
      podSelector: { matchLabels: { [serverLabel]: server.name } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [hubLabel, serviceLabel, workflowLabel, jobName].map((key) => ({
            podSelector: { matchExpressions: [{ key, operator: 'Exists' }] },
          })),
          ports: [{ protocol: 'TCP', port: k8s.IntOrString.fromNumber(server.address.port) }],
        },
      ],
    });
  }

  private allow(name: string, spec: k8s.NetworkPolicySpec): void {
    new k8s.KubeNetworkPolicy(this, name, { metadata: { name }, spec });
  }

  private serversOfNamespace(): PostgresStatefulSet[] {
    return Node.of(this)
      .root.node.findAll()
      .filter((construct) => construct instanceof PostgresStatefulSet)
      .filter((server) => Chart.of(server).namespace === Chart.of(this).namespace);
  }
}

function namespace(name: string): k8s.NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { [namespaceName]: name } } };
}

/** The pods of the namespace without those of some servers: policies add up, so none of them may name a server's. */
function allBut(servers: readonly PostgresStatefulSet[]): k8s.LabelSelector {
  if (servers.length === 0) return {};
  return {
    matchExpressions: [{ key: serverLabel, operator: 'NotIn', values: servers.map(({ name }) => name) }],
  };
}
