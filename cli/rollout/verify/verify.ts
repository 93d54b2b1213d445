import { randomBytes } from 'node:crypto';
import { backstage, platform } from 'cdk8s-rhdh/operators';
import { readState } from '../state/rollout-state';
import type { BundleFile } from '../bundles/bundle-file';
import { displayName, groupKind, type KubeObject } from '../kubernetes/object';
import { ProblemsError } from '../findings/problem';
import type { Listener, Check } from '../event';
import { backstageWorkload } from '../gates/backstage';
import type { Api } from '../kubernetes/api';
import { ApiError } from '../kubernetes/api-error';
import { planStages } from '../plan/plan';
import { leftToApply } from '../stages/left-to-apply';
import { readMove } from '../state/move-state';
import { checkNamespaces } from '../preflight/namespaces';
import { placeInNamespace, type NamespaceOptions } from '../stages/place-in-namespace';
import { tellCluster } from '../stages/tell-cluster';
import type { RolloutObject, RolloutStage } from '../stages/rollout-stage';
import { checked, skipped } from './check-result';
import { checkHubEnvironment, hubContainer } from './check-hub-environment';
import { checkLiveObjects } from './check-live-objects';
import { checkPlatformDatabase } from './check-platform-database';
import { checkPlugins } from './check-plugins';
import { readCluster, type ClusterView } from './read-cluster';
import { runJob } from './run-job';
import { checkAnswer, databasesToAsk, expectationOf } from './check-server';
import { clientImage, serverJob } from './server-job';
import { parseAnswer } from './server-script';

/** What `verify` was asked for. */
export interface VerifyOptions extends NamespaceOptions {
  /** Image with bash and psql for the Job. @default - the one that the bundles use */
  readonly clientImage?: string;
  /** Whether the server is asked, from a Job. */
  readonly job: boolean;
  /** For the Job, in milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly listener: Listener;
}

/**
 * Checks that the cluster is what the bundles say and that everything works on the external database.
 *
 * @throws ProblemsError when a bundle names another namespace than the one asked for.
 */
export async function verify(
  api: Api,
  bundles: readonly BundleFile[],
  options: VerifyOptions,
): Promise<Check[]> {
  const { listener } = options;
  const serverVersion = await api.version();
  const { stages: placed, home, problems } = await placeInNamespace(bundles, api.discovery, options);
  tellCluster(api, { serverVersion, home }, listener);
  if (problems.length > 0) throw new ProblemsError('The bundles are for another namespace:', problems);
  const checks: Check[] = [];
  const add = (check: Check | undefined) => {
    if (check === undefined) return;
    checks.push(check);
    listener({ type: 'check', ...check });
  };
  const { names: missingNamespaces } = await checkNamespaces(api, placed, false);
  const stages = leftToApply(placed, await readMove(api, home));
  add(await liveObjects(api, stages, missingNamespaces, home));

  const items = stages.flatMap(({ objects }) => objects);
  const objectsOf = (kind: string) =>
    items.map(({ object }) => object).filter((object) => groupKind(object) === kind);
  const hubs = objectsOf(backstage);
  const platforms = objectsOf(platform);
  const namespaces = [...hubs, ...platforms].flatMap(({ metadata }) => metadata.namespace ?? []);
  const present = [...new Set(namespaces)].filter((name) => !missingNamespaces.has(name));
  const view = await readCluster(api, present, hubs);
  if (view.unread.length > 0) {
    add(skipped('readable', `you may not read ${view.unread.join(', ')}: what is in them is not checked`));
  }
  for (const hub of hubs) add(checkHubEnvironment(hub, view.objects));
  for (const platform of platforms) add(checkPlatformDatabase(platform, view.objects));
  for (const hub of hubs) add(checkPlugins(hub, items, view.objects));
  for (const hub of hubs) {
    if (options.signal.aborted) break;
    for (const check of await serverChecks(api, hub, items, view, options)) add(check);
  }
  return checks;
}

async function liveObjects(
  api: Api,
  stages: readonly RolloutStage[],
  missingNamespaces: ReadonlySet<string>,
  home: string,
): Promise<Check> {
  const state = await readState(api, home);
  const plan = await planStages(api, stages, state, { forceConflicts: true, missingNamespaces });
  return checkLiveObjects(stages, plan);
}

/** What the server says, asked from inside the cluster with the hub's login. */
async function serverChecks(
  api: Api,
  hub: KubeObject,
  items: readonly RolloutObject[],
  { objects }: ClusterView,
  { job, clientImage: asked, timeout, signal }: VerifyOptions,
): Promise<Check[]> {
  if (!job) return [skipped('server', 'not asked, as --no-job says')];
  const failed = (...problems: string[]) => [checked('server', displayName(hub), '', problems)];
  const workload = backstageWorkload(hub, objects);
  if (workload === undefined || hubContainer(workload) === undefined) {
    return failed('there is no hub whose login could be used');
  }
  const image = asked ?? clientImage(items);
  if (image === undefined) return failed('the bundles name no image with psql: name one by --client-image');
  const name = `cdk8s-rhdh-verify-${randomBytes(3).toString('hex')}`;
  try {
    const expected = expectationOf(hub, items, objects);
    const databases = databasesToAsk(expected, items, objects);
    const end = await runJob(api, serverJob(workload, objects, { name, image, databases }), {
      timeout,
      signal,
    });
    if ('problems' in end) return failed(...end.problems);
    const answer = parseAnswer(end.log);
    if (answer === undefined) return failed(`Job/${name} has written no answer into its log`);
    return checkAnswer(answer, expected);
  } catch (error) {
    if (error instanceof ApiError && error.status < 500) return failed(error.message);
    throw error;
  }
}
