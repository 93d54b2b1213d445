import { pause } from '../../kubernetes/pause';
import { commandIn, expectSuccess, keptIn, type MoveContext } from './context';
import { partiesOf } from '../../servers/parties';
import { pointingAtSource } from '../../servers/pointing-at-source';
import { wrongSessions, type ServerSession } from '../../servers/sessions';
import { InterruptedError, StepError } from '../job/step-error';

/** How often sessions are looked at before their absence counts: pools connect some time after the start. */
const tries = 5;
const pauseMilliseconds = 3_000;

/**
 * Whether the hub and SonataFlow's services have sessions on the new server, nobody has one on the old server, and
 * nothing names it any more.
 */
export async function check(context: MoveContext): Promise<undefined> {
  const { api, home, stages, signal } = context;
  const kept = await keptIn(context);
  const bundled = stages.flatMap(({ objects }) => objects.map(({ object }) => object));
  let wrong: string[] = [];
  for (let attempt = 1; attempt <= tries; attempt++) {
    if (attempt > 1) await pause(pauseMilliseconds, signal);
    if (signal.aborted) throw new InterruptedError();
    const result = expectSuccess(await commandIn(context, 'check', 'sessions', { attempt }));
    const parties = await partiesOf(api, home, bundled);
    wrong = wrongSessions(parties, (result.sessions ?? []) as ServerSession[]);
    if (wrong.length === 0) break;
  }
  const leftovers = await pointingAtSource(api, home, kept.source);
  const named = leftovers.map(({ object, advice }) => `${object} still names the old server: ${advice}`);
  const lines = [...wrong, ...named];
  if (lines.length > 0) {
    throw new StepError(['not everything is on the new server yet', ...lines].join('\n  - '));
  }
  return undefined;
}
