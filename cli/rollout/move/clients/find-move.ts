import { displayName, groupKind, type KubeObject } from '../../kubernetes/object';
import { found, ProblemsError, type Problem } from '../../findings/problem';
import type { RolloutStage } from '../../stages/rollout-stage';
import { isMoveJob } from '../../stages/left-to-apply';
import { variable } from '../job/command-job';
import { canonicalHost } from 'cdk8s-rhdh/operators';
import type { Source } from '../../servers/old-server';
import { backstage, moveLabel } from 'cdk8s-rhdh/operators';

/** What the bundles say about a move. */
export interface Move {
  /** The Backstage resource as it will be. */
  readonly hub: KubeObject;
  /** The Job that copies, in the migration's bundle. */
  readonly job: KubeObject;
  /** Position of the migration's stage. */
  readonly stageIndex: number;
  /** The Secret with the login of the server that the hub leaves. */
  readonly secret: string;
}

/** @throws ProblemsError when the bundles carry no move, or several. */
export function findMove(stages: readonly RolloutStage[]): Move {
  const objects = stages.flatMap((stage) => stage.objects);
  const jobs = objects.filter(({ object }) => isMoveJob(object));
  const [only] = jobs;
  if (only === undefined) {
    const message = `no bundle carries a Job with the label ${moveLabel}`;
    throw refusal(found('no-migration', { message }));
  }
  if (jobs.length > 1) {
    const names = jobs.map(({ object, manifest }) => `${displayName(object)} (${manifest.file})`).join(', ');
    throw refusal(found('several-migrations', { message: `these Jobs all move databases: ${names}` }));
  }
  const { object: job, stageIndex, manifest } = only;
  const where = `${manifest.file}:${manifest.line}`;
  const secret = variable(job, 'SOURCE_PASSWORD')?.valueFrom?.secretKeyRef?.name;
  if (secret === undefined) throw refusal(noSecret(job, where));
  const hubs = objects
    .filter((item) => groupKind(item.object) === backstage && item.stageIndex > stageIndex)
    .map(({ object }) => object);
  const name = job.metadata.labels?.[moveLabel];
  const hub =
    hubs.find(({ metadata }) => metadata.name === name) ?? (hubs.length === 1 ? hubs[0] : undefined);
  if (hub === undefined) throw refusal(noHub(job, name, where));
  return { hub, job, stageIndex, secret };
}

/** The source, with what its Secret says where the Job takes the host from there. */
export function sourceOfMove({ hub, job, secret }: Move, content: KubeObject): Source {
  const host = variable(job, 'SOURCE_HOST');
  const key = host?.valueFrom?.secretKeyRef?.key;
  const data: Record<string, string> = content.data ?? {};
  const fromSecret = key === undefined ? undefined : Buffer.from(data[key] ?? '', 'base64').toString();
  const full = host?.value ?? fromSecret ?? '';
  return { hub: hub.metadata.name, secret, host: canonicalHost(full, job.metadata.namespace) };
}

function noSecret(job: KubeObject, where: string): Problem {
  return found('no-source-secret', {
    where,
    message: `${displayName(job)} takes SOURCE_PASSWORD from no Secret, so it is not known what has to be kept`,
  });
}

function noHub(job: KubeObject, name: string | undefined, where: string): Problem {
  return found('no-hub', {
    where,
    message:
      `no bundle after the one of ${displayName(job)} carries the Backstage resource ${name ?? ''}`.trim(),
  });
}

function refusal(problem: Problem): ProblemsError {
  return new ProblemsError('These bundles cannot be used for a move:', [problem]);
}
