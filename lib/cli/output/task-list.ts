import { plainLines } from './plain-lines';
import type { Reporter } from './reporter';

/** A live task list. */
export function taskList(write: (text: string) => void): Reporter {
  return plainLines(write);
}
