import { printable } from '../rollout/bundles/printable';

/** A value as one line of JSON that a terminal shows as it is: JSON escapes but the first of the control characters. */
export function jsonText(value: unknown): string {
  return printable(JSON.stringify(value));
}
