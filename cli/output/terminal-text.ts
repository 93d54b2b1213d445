import { printable } from '../rollout/bundles/printable';

/**
 * Text for a terminal: its lines and tabs stay, all else that a terminal would take for an order, or not show, becomes an
 * escape. Conditions, messages, logs and names come from a cluster that nobody vouches for.
 */
export function terminalText(text: string): string {
  return text.replace(/[^\n\t]+/g, printable);
}
