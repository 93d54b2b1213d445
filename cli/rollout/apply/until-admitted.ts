import { displayName, type KubeObject } from '../kubernetes/object';
import { isWebhookAway } from '../kubernetes/api-error';
import { pause } from '../kubernetes/pause';
import type { StayOptions } from '../wait/until-it-stays';

/** How long a webhook is left alone before it is asked again, in milliseconds. */
const pauseMilliseconds = 2_000;

/**
 * Writes an object, again as long as a webhook that has to admit it does not answer: it comes up by itself, as what an
 * earlier stage has installed does.
 *
 * @throws what the last attempt threw, when the time is over or the rollout is interrupted
 */
export async function untilAdmitted<T>(
  object: KubeObject,
  write: () => Promise<T>,
  { timeout, signal, listener }: StayOptions,
): Promise<T> {
  const end = Date.now() + timeout;
  for (let told = false; ; told = true) {
    try {
      return await write();
    } catch (error) {
      if (!isWebhookAway(error) || Date.now() >= end || signal.aborted) throw error;
      if (!told) {
        listener({ type: 'note', message: `${displayName(object)} waits for a webhook: ${error.message}` });
      }
    }
    await pause(pauseMilliseconds, signal);
  }
}
