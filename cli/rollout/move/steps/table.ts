import { applyStages, switchStages } from './switch-stages';
import { check } from './check';
import { commandIn, expectSuccess, keptIn, type MoveContext } from './context';
import { keep } from './keep';
import { putBack } from './put-back';
import { removeSwitchedJobs } from './remove-switched-jobs';
import { endCommand } from '../job/remove-job';
import { bytesText, minutesText, sizeOf } from '../job/sizes';
import { NotReadyAgainError } from '../job/step-error';
import { startClients, waitForClients } from './start-clients';
import type { StepName, StepResult } from '../../state/move-state';
import { stopClients } from './stop-clients';
import { untilSourceRuns } from './until-source-runs';

/** A step of a move. It may be killed anywhere and run again, and so may its undoing. */
export interface Step {
  readonly name: StepName;
  /** What it does, as a person reads it. */
  readonly title: string;
  readonly run: (context: MoveContext) => Promise<StepResult | undefined>;
  /** What its undoing does. @default - nothing has to be undone */
  readonly undoTitle?: string;
  /** @returns what a person wants to know of the result */
  readonly undo?: (context: MoveContext) => Promise<string | undefined>;
}

/** The move, step by step; going back undoes the steps in the other direction. */
export const steps: readonly Step[] = [
  {
    name: 'target',
    title: 'deploy the new server and what the Job needs',
    run: async (context) => {
      await applyStages(context, undefined, stageOf(context));
      return undefined;
    },
  },
  {
    name: 'preflight',
    title: 'check that everything can be copied',
    run: async (context) => {
      const size = sizeOf(expectSuccess(await commandIn(context, 'preflight', 'preflight')));
      const message = `${size.databases} databases, ${bytesText(size.bytes)}; about ${minutesText(size.seconds)}`;
      return { message };
    },
  },
  { name: 'keep', title: 'save what a rollback needs', run: keep },
  {
    name: 'stop',
    title: "stop the hub, SonataFlow's services and the workflows",
    run: async (context) => {
      await stopClients(context.api, (await keptIn(context)).clients, context);
      return undefined;
    },
    undoTitle: 'start everything as before',
    undo: async (context) => {
      const started = await startClients(context.api, (await keptIn(context)).clients, context);
      const late = await waitForClients(context.api, started, context);
      if (late.length > 0) throw new NotReadyAgainError(late);
      return undefined;
    },
  },
  {
    name: 'fence',
    title: 'make the old server read-only and end its sessions',
    run: async (context) => {
      expectSuccess(await commandIn(context, 'fence', 'fence'));
      return undefined;
    },
    undoTitle: 'make the old server writable again',
    undo: async (context) => {
      await endCommand(context.api, context.move.job, 'fence', context);
      await untilSourceRuns(context, await keptIn(context));
      expectSuccess(await commandIn(context, 'fence', 'unfence'));
      return undefined;
    },
  },
  {
    name: 'copy',
    title: 'copy all databases and prove both sides equal',
    run: async (context) => {
      // The Job has a deadline of its own.
      const untimed = { ...context, timeout: Infinity };
      const variables = context.prove === undefined ? undefined : { MOVE_PROOF: context.prove };
      const { databases } = expectSuccess(await commandIn(untimed, 'copy', 'copy', { variables }));
      const sum = (field: string) =>
        databases.reduce((all, database) => all + (Number(database[field]) || 0), 0);
      const sampled = sum('sampled') > 0 ? `; ${sum('sampled')} of the tables by a sample` : '';
      const equal = `${databases.length} databases, ${sum('tables')} tables, ${sum('rows')} rows equal`;
      return { message: `${equal}${sampled}` };
    },
    undoTitle: 'end the copy if it still runs',
    undo: (context) => endCommand(context.api, context.move.job, 'copy', context),
  },
  {
    name: 'switch',
    title: 'switch hub, services and workflows to the new server',
    run: switchStages,
    undoTitle: 'put back what the switch replaced, still stopped',
    undo: async (context) => {
      const kept = await keptIn(context);
      await stopClients(context.api, kept.clients, context);
      await removeSwitchedJobs(context);
      await putBack(context.api, kept, context);
      return undefined;
    },
  },
  { name: 'check', title: 'check who is connected to which server', run: check },
];

function stageOf({ stages, move }: MoveContext): string {
  return (stages[move.stageIndex] as MoveContext['stages'][number]).name;
}
