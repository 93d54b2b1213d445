import { backstage, platform } from 'cdk8s-rhdh/operators';
import { displayName, groupKind, type KubeObject } from '../../kubernetes/object';
import { found, type Problem } from '../../findings/problem';
import type { Api } from '../../kubernetes/api';
import type { RolloutStage } from '../../stages/rollout-stage';
import { clientsOf, type Client } from './clients';
import { sourceOfMove, type Move } from './find-move';
import { checkGitOps } from './gitops';
import { listClients } from '../../servers/list-clients';
import { isClientOf, type Source } from '../../servers/old-server';

/** Who a move would stop, and what speaks against it. */
export interface MoveFindings {
  readonly clients: readonly Client[];
  readonly problems: readonly Problem[];
}

/** Looks at the hub and its neighbours as they are now. Writes nothing. */
export async function findClients(
  api: Api,
  namespace: string,
  move: Move,
  stages: readonly RolloutStage[],
  gitOpsPaused: boolean,
): Promise<MoveFindings> {
  const secret = await api.find({ apiVersion: 'v1', kind: 'Secret', namespace, name: move.secret });
  if (secret === undefined) return { clients: [], problems: [noSecret(move, namespace)] };
  const source = sourceOfMove(move, secret);
  const objects = await listClients(api, namespace);
  const clients = clientsOf(source, objects);
  const stopped = clients.map(({ object }) => object);
  const problems = [
    ...checkHub(source, objects),
    ...checkPlatforms(stopped, stages),
    ...stopped.filter(isKnative).map(knative),
    ...checkGitOps(stopped, gitOpsPaused),
  ];
  return { clients, problems };
}

function noSecret({ secret }: Move, namespace: string): Problem {
  return found('no-source', {
    message: `Secret/${secret}, with the login of the old server, does not exist in the namespace ${namespace}`,
  });
}

function checkHub(source: Source, objects: readonly KubeObject[]): Problem[] {
  const hub = objects.find(
    (object) => groupKind(object) === backstage && object.metadata.name === source.hub,
  );
  if (hub !== undefined && (hub.spec?.database?.enableLocalDb !== false || isClientOf(source, hub))) {
    return [];
  }
  return [
    found('hub-elsewhere', {
      message:
        hub === undefined
          ? `Backstage/${source.hub} does not exist`
          : `Backstage/${source.hub} does not use the server of Secret/${source.secret}`,
    }),
  ];
}

/** A namespace has one active platform (SonataFlow operator, `platform.GetActivePlatform`). */
function checkPlatforms(stopped: readonly KubeObject[], stages: readonly RolloutStage[]): Problem[] {
  const kind = platform;
  const carried = stages.flatMap(({ objects }) => objects).filter(({ object }) => groupKind(object) === kind);
  const names = new Set(carried.map(({ object }) => object.metadata.name));
  if (names.size === 0) return [];
  return stopped
    .filter((object) => groupKind(object) === kind && !names.has(object.metadata.name))
    .map((platform) =>
      found('other-platform', {
        message: `${displayName(platform)} is the namespace's platform, and the bundles carry ${[...names].join(', ')}`,
      }),
    );
}

function isKnative({ spec }: KubeObject): boolean {
  return spec?.podTemplate?.deploymentModel === 'knative';
}

function knative(workflow: KubeObject): Problem {
  return found('knative-workflow', {
    message: `${displayName(workflow)} is a Knative service, which starts by itself when it is called; it cannot write while the old server is read-only`,
  });
}
