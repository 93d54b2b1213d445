import { found, type Problem } from '../findings/problem';
import { concurrently } from '../kubernetes/concurrently';
import type { Api } from '../kubernetes/api';
import type { KindVersion } from '../kubernetes/resource';

/** One verb on one kind. */
export interface Right {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  /** Without it the rollout works, but tells less. */
  readonly optional?: boolean;
}

/** What locking a namespace needs; the lock is read by a list, whose answer has the server's clock. */
export const leaseVerbs = ['list', 'create', 'update', 'delete'];
export const leases: KindVersion = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' };

/** The rights to do something with a kind; none where the API server does not serve it. */
export async function rightsTo(
  api: Api,
  verbs: readonly string[],
  kind: KindVersion,
  namespace: string | undefined,
  more: Partial<Right> = {},
): Promise<Right[]> {
  const resource = await api.discovery.find(kind);
  if (resource === undefined) return [];
  const group = kind.apiVersion.includes('/') ? (kind.apiVersion.split('/')[0] as string) : '';
  return verbs.map((verb) => ({
    verb,
    group,
    resource: resource.plural,
    namespace: resource.namespaced ? namespace : undefined,
    ...more,
  }));
}

/**
 * The rights that the user lacks: one SelfSubjectRulesReview a namespace, and a SelfSubjectAccessReview for what
 * it does not show as allowed.
 *
 * @param home namespace of the review for kinds without one
 */
export async function checkRights(api: Api, rights: readonly Right[], home: string): Promise<Problem[]> {
  const unique = [...new Map(rights.map((right) => [JSON.stringify(right), right])).values()];
  const rules = await rulesIn(api, [...new Set(unique.map(({ namespace }) => namespace ?? home))]);
  const doubtful = unique.filter(
    (right) => !rules.get(right.namespace ?? home)?.some((rule) => allows(rule, right)),
  );
  const answers = await concurrently(doubtful, 6, (right) => isAllowed(api, right));
  const denied = doubtful.filter((_, index) => !answers[index]);
  return grouped(denied);
}

interface Rule {
  readonly verbs?: string[];
  readonly apiGroups?: string[];
  readonly resources?: string[];
  readonly resourceNames?: string[];
}

async function rulesIn(api: Api, namespaces: readonly string[]): Promise<Map<string, Rule[]>> {
  const path = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews';
  const answers = await concurrently(namespaces, 6, async (namespace) => {
    const body = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectRulesReview',
      spec: { namespace },
    };
    const review = await api.call<{ status?: { resourceRules?: Rule[] } }>({ method: 'POST', path, body });
    return [namespace, review.status?.resourceRules ?? []] as const;
  });
  return new Map(answers);
}

function allows(rule: Rule, { verb, group, resource, subresource }: Right): boolean {
  if (rule.resourceNames !== undefined && rule.resourceNames.length > 0) return false;
  const has = (values: string[] | undefined, value: string) =>
    values?.some((one) => one === '*' || one === value) ?? false;
  const full = subresource === undefined ? resource : `${resource}/${subresource}`;
  return has(rule.verbs, verb) && has(rule.apiGroups, group) && has(rule.resources, full);
}

async function isAllowed(
  api: Api,
  { verb, group, resource, subresource, namespace }: Right,
): Promise<boolean> {
  const resourceAttributes = { verb, group, resource, subresource, namespace };
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes },
  };
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
  const review = await api.call<{ status?: { allowed?: boolean } }>({ method: 'POST', path, body });
  return review.status?.allowed === true;
}

/** One problem for each resource and namespace, with all its verbs. */
function grouped(denied: readonly Right[]): Problem[] {
  const groups = new Map<string, Right[]>();
  for (const right of denied) {
    const key = [right.group, right.resource, right.subresource, right.namespace].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), right]);
  }
  return [...groups.values()].map((rights): Problem => {
    const [{ group, resource, subresource, namespace, optional }] = rights as [Right];
    const full = `${resource}${group === '' ? '' : `.${group}`}${subresource === undefined ? '' : `/${subresource}`}`;
    const verbs = rights.map(({ verb }) => verb).join(', ');
    const place = namespace === undefined ? 'in the cluster' : `in the namespace ${namespace}`;
    return found('forbidden', {
      severity: optional ? 'warning' : 'error',
      message: `you may not ${verbs} ${full} ${place}`,
      advice: optional
        ? 'The rollout works without it, but can say less about pods that fail.'
        : 'Ask for a Role with these verbs.',
    });
  });
}
