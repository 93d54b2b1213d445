import { printable } from '../rollout/bundles/printable';
import { withoutSecrets } from '../rollout/kubernetes/secret-text';

/**
 * A value as one line of JSON that a terminal shows as it is, for JSON escapes but the first of the control characters, and
 * without the secrets that are known by their shape.
 */
export function jsonText(value: unknown): string {
  return printable(JSON.stringify(value, masking));
}

function masking(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? withoutSecrets(value) : value;
}
