import { readDirectory } from '../rollout/bundles/read-directory';
import type { Listener, ObjectStatus, StageStatus } from '../rollout/event';
import { tellCluster } from '../rollout/stages/tell-cluster';
import { watchStatus, type Status } from '../rollout/status/watch-status';
import { exitCodeOf, type ExitCode } from '../exit-code';
import { withInterruption } from './session';
import type { CommonOptions } from '../options/common-options';

/** Options of `status`, as the parser gives them. */
export interface StatusCommandOptions extends CommonOptions {
  readonly watch?: boolean;
}

/** Shows how the stages stand, once or with every change. */
export async function runStatus(directory: string, options: StatusCommandOptions): Promise<ExitCode> {
  const bundles = await readDirectory(directory);
  return withInterruption(options, undefined, async ({ api, listener, ...session }) => {
    let before: Status | undefined;
    const { outcome, last } = await watchStatus(api, bundles, session, (status) => {
      if (before === undefined) {
        tellCluster(api, status, listener);
        tell(status, listener);
      } else {
        tellChanges(before, status, listener);
      }
      before = status;
      return options.watch !== true;
    });
    const isReady = last?.stages.every(({ ready }) => ready);
    return exitCodeOf(outcome === 'done' && !isReady ? 'failed' : outcome);
  });
}

function tell({ stages, reached, holder, move }: Status, listener: Listener): void {
  for (const stage of stages) listener({ type: 'status', ...stage });
  if (reached !== undefined) listener({ type: 'reached', stage: reached });
  if (holder !== undefined) listener({ type: 'locked', holder });
  for (const step of move) listener({ type: 'move-step', ...step });
}

function tellChanges(before: Status, { stages, reached, holder, move }: Status, listener: Listener): void {
  const known = standings(before.stages);
  for (const { stage, objects } of stages) {
    for (const object of objects) {
      if (known.get(keyOf(stage, object)) !== textOf(object)) {
        listener({ type: 'status-changed', stage, ...object });
      }
    }
  }
  if (reached !== undefined && reached !== before.reached) listener({ type: 'reached', stage: reached });
  if (holder !== undefined && holder !== before.holder) listener({ type: 'locked', holder });
  const steps = new Set(before.move.map((step) => JSON.stringify(step)));
  for (const step of move) if (!steps.has(JSON.stringify(step))) listener({ type: 'move-step', ...step });
}

function standings(stages: readonly StageStatus[]): Map<string, string> {
  return new Map(
    stages.flatMap(({ stage, objects }) =>
      objects.map((object) => [keyOf(stage, object), textOf(object)] as const),
    ),
  );
}

function keyOf(stage: string, { object, namespace }: ObjectStatus): string {
  return `${stage} ${namespace} ${object}`;
}

function textOf({ standing, message }: ObjectStatus): string {
  return `${standing} ${message}`;
}
