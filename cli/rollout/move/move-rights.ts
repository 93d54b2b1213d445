import { localDatabaseName, platform, rhdhGroup } from 'cdk8s-rhdh/operators';
import type { Api } from '../kubernetes/api';
import { groupKind, groupOf, type KubeObject } from '../kubernetes/object';
import { objectsOfStages } from '../preflight/apply-rights';
import {
  applyVerbs,
  diagnosisRights,
  lockRights,
  ownConfigMap,
  rightsOn,
  type Right,
} from '../preflight/rights';
import { clientVersions } from '../servers/list-clients';
import type { RolloutStage } from '../stages/rollout-stage';
import { isWrittenBack } from '../wait/until-it-stays';
import { moveName } from '../state/move-state';
import type { Move } from './clients/find-move';
import { commandJob, reportName, type MoveCommand } from './job/command-job';
import { mayBePutBack } from './steps/check-kept';
import { keptName } from './steps/kept';

/** Kinds that the RHDH operator makes for the orchestrator's plugins (rhdh-operator, config/profile/rhdh/plugin-deps). */
const ofOrchestrator = [platform, 'NetworkPolicy.networking.k8s.io', 'Job.batch'];

const commandsOf: Readonly<Record<'migrate' | 'rollback', readonly MoveCommand[]>> = {
  migrate: ['preflight', 'fence', 'unfence', 'copy', 'sessions'],
  rollback: ['written', 'fence', 'unfence', 'copy'],
};

/** What a move takes besides applying: to keep, to stop clients, to run Jobs, to undo what it did before the switch. */
export async function migrateRights(
  api: Api,
  move: Move,
  stages: readonly RolloutStage[],
  home: string,
): Promise<Right[]> {
  const later = laterObjects(move, stages);
  return [
    ...(await moveRights(api, move, home, 'migrate')),
    ownSecret(home, applyVerbs),
    { verbs: ['list'], apiVersion: 'v1', kind: 'ConfigMap', namespace: home },
    // Where it belonged to the hub, it does so no longer: the API server allows that to those who may delete it.
    ...later
      .filter((object) => ofOrchestrator.includes(groupKind(object)))
      .map((object) => rightsOn(object, ['delete'])),
    ...later.filter(isWrittenBack).map((object) => rightsOn(object, ['update'])),
  ];
}

/** What the way back takes: to start clients as before, and to put back what the switch replaced. */
export async function rollbackRights(
  api: Api,
  move: Move,
  stages: readonly RolloutStage[],
  home: string,
): Promise<Right[]> {
  const later = laterObjects(move, stages);
  const replaced = later.filter((object) => mayBePutBack(object, home));
  return [
    ...(await moveRights(api, move, home, 'rollback')),
    ownSecret(home, ['get']),
    ...later.filter(({ kind }) => kind === 'Job').map((job) => rightsOn(job, ['get', 'delete'])),
    // With its owners, which the API server allows to those who may delete it.
    ...replaced.map((object) => rightsOn(object, ['get', 'update', 'patch', 'delete'])),
    ...replaced.map(({ apiVersion, kind, metadata: { namespace } }): Right => ({
      verbs: ['create'],
      apiVersion,
      kind,
      namespace,
    })),
  ];
}

/** What the stages after that of the move hold: the switch applies them. */
function laterObjects({ stageIndex }: Move, stages: readonly RolloutStage[]): KubeObject[] {
  return objectsOfStages(stages.filter(({ index }) => index > stageIndex));
}

async function moveRights(
  api: Api,
  { job, secret, hub }: Move,
  home: string,
  command: keyof typeof commandsOf,
): Promise<Right[]> {
  const clients = await clientVersions(api);
  const jobs = commandsOf[command].map((one) => commandJob(job, { command: one, run: '' }));
  const reports = commandsOf[command].flatMap((one) => reportName(job, one) ?? []);
  const inHome = { namespace: home };
  const sourcePod = `${localDatabaseName(hub.metadata.name)}-0`;
  return [
    ...clients.map((kind): Right => ({ ...kind, ...inHome, verbs: ['get', 'list', 'watch', 'patch'] })),
    ...jobs.map((one) => rightsOn(one, [...applyVerbs, 'delete'])),
    { verbs: ['list', 'watch'], apiVersion: 'batch/v1', kind: 'Job', ...inHome },
    { verbs: ['list', 'watch'], apiVersion: 'v1', kind: 'Pod', ...inHome },
    ...reports.map((name) => ownConfigMap(home, name, ['get', 'delete'])),
    ...diagnosisRights([home]),
    // Where the operator made another one for the old server, it makes room for the former.
    { verbs: ['get', 'patch', 'delete'], apiVersion: 'v1', kind: 'Secret', ...inHome, name: secret },
    { verbs: ['create'], apiVersion: 'v1', kind: 'Secret', ...inHome },
    { verbs: ['get', 'delete'], apiVersion: 'v1', kind: 'Pod', ...inHome, name: sourcePod },
    ...clients
      .filter((kind) => groupOf(kind) === rhdhGroup)
      .map((kind): Right => ({
        ...kind,
        ...inHome,
        verbs: ['update'],
        name: hub.metadata.name,
        subresource: 'finalizers',
      })),
    ...lockRights(home),
    ownConfigMap(home, moveName),
  ];
}

function ownSecret(namespace: string, verbs: readonly string[]): Right {
  return { verbs, apiVersion: 'v1', kind: 'Secret', namespace, name: keptName };
}
