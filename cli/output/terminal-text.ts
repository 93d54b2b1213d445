import { printable } from '../rollout/bundles/printable';
import { withoutSecrets } from '../rollout/kubernetes/secret-text';

/**
 * Text for a terminal: its lines and tabs stay, all else that a terminal would take for an order, or not show, becomes an
 * escape, and secrets that are known by their shape are masked. Conditions, messages, logs and names come from a cluster that
 * nobody vouches for.
 */
export function terminalText(text: string): string {
  return withoutSecrets(text).replace(/[^\n\t]+/g, printable);
}
