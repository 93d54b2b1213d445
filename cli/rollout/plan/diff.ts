import { createTwoFilesPatch } from 'diff';
import { stringify } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { masked } from '../kubernetes/masked';
import { comparable } from './comparable';

/** What would change, as a unified diff of YAML with three lines around; Secrets are masked. */
export function diffOf(before: KubeObject | undefined, after: KubeObject): string {
  const patch = createTwoFilesPatch('live', 'bundle', text(before), text(after), '', '', { context: 3 });
  return patch.slice(patch.indexOf('@@')).trimEnd();
}

function text(object: KubeObject | undefined): string {
  return object === undefined
    ? ''
    : stringify(masked(comparable(object)), { sortMapEntries: true, lineWidth: 0 });
}
