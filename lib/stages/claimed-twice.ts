import type { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isLaterForm } from '../manifest/later-form';
import { apiObjectsOf, objectIdentity } from './api-objects';

/** Objects that a construct claims, and that another claimed before. */
export interface Claim {
  readonly objects: readonly ApiObject[];
  readonly chart: Chart;
  readonly owner: Chart;
}

/** What the later of some charts, or constructs of one, claim again; what two constructs repeat is one claim. */
export function claimedTwice(charts: readonly Chart[]): Claim[] {
  const owners = new Map<string, ApiObject>();
  const claims = new Map<string, Claim & { objects: ApiObject[] }>();
  for (const object of charts.flatMap(apiObjectsOf)) {
    const id = objectIdentity(object);
    const owner = owners.get(id);
    owners.set(id, object);
    if (owner === undefined || (isLaterForm(object) && owner.chart !== object.chart)) continue;
    const pair = `${partOf(owner).node.path} ${partOf(object).node.path}`;
    const claim = claims.get(pair) ?? { objects: [], chart: object.chart, owner: owner.chart };
    claims.set(pair, claim);
    claim.objects.push(object);
  }
  return [...claims.values()];
}

/** `ConfigMap a and Job b are in 0000-postgres`. */
export function claimText({ objects }: Claim, place: string): string {
  const names = objects.map(({ kind, name }) => `${kind} ${name}`);
  const [verb, pronoun] = names.length === 1 ? ['is', 'it'] : ['are', 'them'];
  const list = names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${list} ${verb} in ${place}, so each apply would flip ${pronoun}; give one another name`;
}

/** The construct directly in the chart that an object belongs to. */
function partOf(object: ApiObject): IConstruct {
  const { scopes } = object.node;
  return scopes[scopes.indexOf(object.chart) + 1];
}
