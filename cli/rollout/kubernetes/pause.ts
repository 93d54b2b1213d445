import { setTimeout as sleep } from 'node:timers/promises';

/** Lets some milliseconds go by before something is tried again; `signal` ends the pause. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
