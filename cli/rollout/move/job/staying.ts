import type { StayOptions } from '../../wait/until-it-stays';
import type { CommandOptions } from './command-job';

/** A move's way to watch over a write that has to stay. */
export function staying({
  timeout,
  signal,
  listener,
}: Pick<CommandOptions, 'timeout' | 'signal' | 'listener'>): StayOptions {
  return { timeout, signal, tell: (message) => listener({ type: 'note', message }) };
}
