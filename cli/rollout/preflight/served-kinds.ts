import { rhdhGroup, sonataflowGroup } from 'cdk8s-rhdh/operators';
import { found, type Problem } from '../findings/problem';
import type { Discovery } from '../kubernetes/resource';
import type { RolloutObject, RolloutStage } from '../stages/rollout-stage';
import { bringsCrd } from '../stages/brings-crd';

/** Which operator brings the kinds of a group. */
const operators = new Map(
  Object.entries({
    [rhdhGroup]: 'the Red Hat Developer Hub operator (rhdh)',
    [sonataflowGroup]: 'the OpenShift Serverless Logic operator (logic-operator)',
    'external-secrets.io': 'the External Secrets operator',
    'route.openshift.io': 'OpenShift itself',
    'monitoring.coreos.com': 'the Prometheus operator; on OpenShift, user workload monitoring',
    'postgresql.cnpg.io': 'the CloudNativePG operator',
    'cert-manager.io': 'cert-manager',
    'bitnami.com': 'Sealed Secrets',
    'objectbucket.io': 'OpenShift Data Foundation',
    'operators.coreos.com': 'the Operator Lifecycle Manager (part of OpenShift)',
    'eventing.knative.dev': 'the OpenShift Serverless operator (serverless-operator) with KnativeEventing',
    'serving.knative.dev': 'the OpenShift Serverless operator (serverless-operator) with KnativeServing',
  }),
);

/** Kinds that the server does not serve in the version asked, and that no bundle before brings. */
export async function checkServedKinds(
  stages: readonly RolloutStage[],
  discovery: Discovery,
): Promise<Problem[]> {
  const problems = new Map<string, Problem>();
  for (const item of stages.flatMap(({ objects }) => objects)) {
    const { apiVersion, kind } = item.object;
    const key = `${apiVersion} ${kind}`;
    if (problems.has(key) || (await discovery.find(item.object)) !== undefined) continue;
    if (bringsCrd(stages, item)) continue;
    problems.set(key, await notServed(item, discovery));
  }
  return [...problems.values()];
}

async function notServed({ object, manifest }: RolloutObject, discovery: Discovery): Promise<Problem> {
  const { apiVersion, kind } = object;
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] as string) : '';
  const served = group === '' ? [] : await discovery.versionsOf(group, kind);
  const where = `${manifest.file}:${manifest.line}`;
  if (served.length > 0) {
    return found('version-not-served', {
      where,
      message: `the API server does not serve ${kind} in ${apiVersion}, but in ${served.join(', ')}`,
      advice: `Use one of these versions, or the release of the operator that brings ${apiVersion}.`,
    });
  }
  const operator = operators.get(group);
  return found('kind-not-served', {
    where,
    message: `the API server does not know ${kind} (${apiVersion})`,
    advice:
      operator === undefined ? 'Install what brings this kind.' : `Install ${operator}, which brings it.`,
  });
}
