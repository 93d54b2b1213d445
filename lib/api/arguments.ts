import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { report } from '../rules/rule';
import { markUnsound } from '../rules/unsound';
import { apiTypes } from './api-types';
import {
  carryMistakes,
  find,
  findInFields,
  type Finding,
  isStruct,
  joined,
  nameOf,
  wanted,
  valueOf,
  type Mistake,
} from './mistakes';
import { apiRules } from './rules';
import type { Fields } from './type-table';

/** The required fields of `T`, to stand in where the caller's are wrong, until the report says so. */
export type StandIns<T> = { [K in keyof T as object extends Pick<T, K> ? never : K]: T[K] };

/** What a construct is made of, all of the types that the API says. */
export interface ConstructArguments<P> {
  readonly id: string;
  readonly props: P;
  /**
   * Puts what is wrong with what the caller gave into the report of the construct that was made.
   * @param owner the class whose arguments they are; one that extends it may have properties of its own
   */
  reportAt(construct: Construct, owner: object): void;
}

/**
 * Compares what a constructor was given with the types of the API, which no compiler does in JavaScript. Where something is
 * wrong, stand-ins take its place: the construct can be built, the report has all mistakes of the app, and nothing is
 * written.
 * @param type name of the class
 * @throws if `scope` is no construct: there is no app whose report could say so
 */
export function constructArguments<P extends object>(
  type: string,
  scope: Construct,
  id: string,
  props: P | undefined,
  standIns: () => StandIns<P>,
): ConstructArguments<P> {
  const parameters = apiTypes.calls[type];
  const [ofScope] = find(parameters.scope, scope, 'scope').mistakes;
  if (ofScope !== undefined) throw new Error(`new ${type}: ${ofScope.message}`);
  if (!isInChart(type, scope)) {
    throw new Error(
      `new ${type}: ${id} is in no chart; give it a Stage as its scope: new Stage(app, StageKind.…, { namespace })`,
    );
  }
  const idName = Object.keys(parameters)[1];
  const isTaken = typeof id === 'string' && id !== '' && scope.node.tryFindChild(id) !== undefined;
  const ofId = isTaken
    ? taken(type, scope, id)
    : find(parameters[idName], id === '' ? undefined : id, idName);
  const judged = judge(parameters.props ?? parameters['props?'], props, standIns);
  return {
    id: typeof id === 'string' && id !== '' && !isTaken ? id : `unknown-${scope.node.children.length}`,
    props: judged.values,
    reportAt: (construct, owner) =>
      reportAt(construct, knownTo(construct, owner, joined([ofId, judged.finding]))),
  };
}

/** The same for an app, which stands in nothing. */
export function appArguments<P extends object>(type: string, props: P): Omit<ConstructArguments<P>, 'id'> {
  const judged = judge(apiTypes.calls[type]['props?'], props, () => ({}) as StandIns<P>);
  return {
    props: judged.values,
    reportAt: (construct, owner) => reportAt(construct, knownTo(construct, owner, judged.finding)),
  };
}

/** A construct has children of different ids, and an app has one stage of a kind. */
function taken(type: string, scope: Construct, id: string): Finding {
  const message =
    type === 'Stage'
      ? `the app has a stage ${id} already; put what belongs to it into that one`
      : `id '${id}' is that of another construct in ${scope.node.path}; write another`;
  return { mistakes: [{ kind: 'taken', message }], unsound: [] };
}

/** What makes objects must be in a chart; a Stage is one itself. */
function isInChart(type: string, scope: Construct): boolean {
  return type === 'Stage' || scope.node.scopes.some((each) => Chart.isChart(each));
}

/** Puts what is wrong into the report of a construct. */
function reportAt(construct: Construct, { mistakes, unsound }: Finding): void {
  const foreign = unsound
    .filter(({ node }) => node.root !== construct.node.root)
    .map(({ node }): Mistake => ({
      kind: 'type',
      message: `${node.path} is of another app, which is refused; mend that app first`,
    }));
  const told = [...mistakes, ...foreign];
  if (told.length > 0) report(construct, apiRules, told);
  if (told.length > 0 || unsound.length > 0) markUnsound(construct);
}

/** A class of the caller may have properties of its own. */
function knownTo(construct: Construct, owner: object, { mistakes, unsound }: Finding): Finding {
  const isOwn = construct.constructor === owner;
  return { mistakes: mistakes.filter(({ kind }) => isOwn || kind !== 'unknown'), unsound };
}

/**
 * The same for a factory of a value, which has no place in an app yet: the value carries what is wrong to the construct that
 * gets it, and puts a stand-in of its own into its place.
 * @param call such as `Credentials.fromSecret`
 */
export function made<T extends object>(call: string, given: object, make: () => T, standIn: () => T): T {
  const { mistakes } = inCall(call, judgeFields(apiTypes.calls[call], given, () => ({}), call).finding);
  return mistakes.length > 0 ? carryMistakes(standIn(), mistakes) : make();
}

/**
 * Whether the arguments of a method have the types that the API says. If not, the report of the construct says so, and the
 * method must do nothing.
 * @param call such as `HubBase.connect`
 */
export function accepts(construct: Construct, call: string, given: object): boolean {
  const { finding } = judgeFields(apiTypes.calls[call], given, () => ({}), call);
  reportAt(construct, inCall(call.split('.')[1], finding));
  return finding.mistakes.length === 0;
}

/**
 * The same for a method that gives a value at once.
 * @throws what is wrong, as there is no construct whose report could say so
 */
export function demand(call: string, given: object): void {
  const { mistakes } = inCall(call, judgeFields(apiTypes.calls[call], given, () => ({}), call).finding);
  if (mistakes.length > 0) throw new Error(mistakes.map(({ message }) => message).join('\n'));
}

/** What the factories of a class give its constructor, which is private in TypeScript, but not in JavaScript. */
export const byFactory = Symbol('by a factory of its class');

/** What to make in the place of a class that others extend, and whose own constructor JavaScript lets anyone call. */
export function notMade(type: string, written = type): string {
  return `new ${written}: it is what several kinds have in common; write ${wanted(type)}`;
}

/** What whoever else calls such a constructor gets in its place: a value that carries what to write into the report. */
export function standInFor<T extends object>(type: string, value: T): T {
  return carryMistakes(value, [{ kind: 'type', message: `new ${type} is private; write ${wanted(type)}` }]);
}

function inCall(call: string, { mistakes, unsound }: Finding): Finding {
  return {
    mistakes: mistakes.map(({ kind, message }) => ({
      kind,
      message: `${call}: ${message.replace(/^props\./, '')}`,
    })),
    unsound,
  };
}

interface Judged<T> {
  readonly values: T;
  readonly finding: Finding;
}

function judge<P extends object>(
  struct: string | undefined,
  given: unknown,
  standIns: () => StandIns<P>,
): Judged<P> {
  if (struct === undefined) return { values: {} as P, finding: joined([]) };
  return isStruct(struct, given)
    ? judgeFields(apiTypes.structs[struct], given as P, standIns, struct)
    : { values: standIns() as P, finding: find(struct, given, 'props') };
}

/** The fields as they were given, without those that are wrong, for which there are stand-ins where they are required. */
function judgeFields<T extends object>(
  fields: Fields,
  given: T,
  standIns: () => object,
  owner: string,
): Judged<T> {
  const found = findInFields(fields, given, '', owner);
  const finding = joined([...found.values()]);
  const isWrong = (name: string) => (found.get(name)?.mistakes.length ?? 0) > 0;
  const names = Object.keys(fields).map(nameOf);
  const sound = names.filter((name) => !isWrong(name)).map((name) => [name, valueOf(given, name)]);
  return {
    values: { ...(finding.mistakes.length > 0 ? standIns() : {}), ...Object.fromEntries(sound) } as T,
    finding,
  };
}
