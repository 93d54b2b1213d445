import { jsonText } from './json-text';
import type { Reporter } from './reporter';

/** One event a line, as JSON, with the time it happened. */
export function jsonLines(write: (text: string) => void, now: () => Date = () => new Date()): Reporter {
  return {
    event: (event) => write(`${jsonText({ time: now().toISOString(), ...event })}\n`),
    close: async () => undefined,
  };
}
