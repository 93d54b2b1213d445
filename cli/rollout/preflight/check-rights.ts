import type { Api } from '../kubernetes/api';
import { concurrently } from '../kubernetes/concurrently';
import { found, type Problem } from '../findings/problem';
import { rightsAdvice } from '../findings/rights-advice';
import type { CommandName } from '../findings/rules';
import type { Permission } from './permission';

/**
 * The permissions that the user lacks: one SelfSubjectRulesReview a namespace, and a SelfSubjectAccessReview for what
 * it does not show as allowed.
 *
 * @param home namespace of the review for kinds without one
 * @param command whose `rights` are to be asked for
 */
export async function checkRights(
  api: Api,
  permissions: readonly Permission[],
  home: string,
  command: CommandName,
): Promise<Problem[]> {
  const rules = await rulesIn(api, [...new Set(permissions.map(({ namespace }) => namespace ?? home))]);
  const doubtful = permissions.filter(
    (permission) => !rules.get(permission.namespace ?? home)?.some((rule) => allows(rule, permission)),
  );
  const reviews = new AccessReviews(api);
  const answers = await concurrently(doubtful, 6, (permission) => reviews.allow(permission));
  return grouped(
    doubtful.filter((_, index) => !answers[index]),
    command,
  );
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

function allows(
  { verbs, apiGroups, resources, resourceNames = [] }: Rule,
  { verb, group, resource, name = '' }: Permission,
): boolean {
  const has = (values: string[] | undefined, value: string) =>
    values?.some((one) => one === '*' || one === value) ?? false;
  return (
    has(verbs, verb) &&
    has(apiGroups, group) &&
    has(resources, resource) &&
    (resourceNames.length === 0 || resourceNames.includes(name))
  );
}

/** Asks for each permission once: for all objects of the resource, then for the one that it is about. */
class AccessReviews {
  private readonly answers = new Map<string, Promise<boolean>>();

  constructor(private readonly api: Api) {}

  async allow(permission: Permission): Promise<boolean> {
    if (await this.ask({ ...permission, name: undefined })) return true;
    return permission.name !== undefined && this.ask(permission);
  }

  private ask({ verb, group, resource: full, namespace, name }: Permission): Promise<boolean> {
    const [resource, subresource] = full.split('/');
    const attributes = { verb, group, resource, subresource, namespace, name };
    const key = JSON.stringify(attributes);
    const answer = this.answers.get(key) ?? this.review(attributes);
    this.answers.set(key, answer);
    return answer;
  }

  private async review(resourceAttributes: object): Promise<boolean> {
    const body = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes },
    };
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    const review = await this.api.call<{ status?: { allowed?: boolean } }>({ method: 'POST', path, body });
    return review.status?.allowed === true;
  }
}

/** One problem for each resource, namespace and set of verbs, with the objects that they are about. */
function grouped(denied: readonly Permission[], command: CommandName): Problem[] {
  const ofObject = groupBy(denied, ({ verb: _, ...object }) => JSON.stringify(object)).map((permissions) => ({
    ...(permissions[0] as Permission),
    verbs: permissions.map(({ verb }) => verb).join(', '),
  }));
  const alike = groupBy(
    ofObject,
    ({ verb: _, name, ...rest }) => `${JSON.stringify(rest)} ${name !== undefined}`,
  );
  return alike.map((permissions): Problem => {
    const [{ verbs, group, resource, namespace, without }] = permissions as [(typeof permissions)[number]];
    const [plural, subresource] = resource.split('/');
    const full = `${plural}${group === '' ? '' : `.${group}`}${subresource === undefined ? '' : `/${subresource}`}`;
    const names = permissions.flatMap(({ name }) => name ?? []).join(', ');
    const place = namespace === undefined ? 'in the cluster' : `in the namespace ${namespace}`;
    return found('forbidden', {
      severity: without === undefined ? 'error' : 'warning',
      message: `you may not ${verbs} ${full}${names === '' ? '' : ` ${names}`} ${place}`,
      advice: without === undefined ? rightsAdvice(command) : `The command works without it, but ${without}.`,
    });
  });
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}
