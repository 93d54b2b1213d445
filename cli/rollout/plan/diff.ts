import { createTwoFilesPatch } from 'diff';
import { stringify } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { masked } from '../kubernetes/masked';
import { comparable } from './comparable';

/** More lines than this that are taken out and put in take minutes to compare, and nobody reads them. */
const maxEditLength = 4_000;

/** What would change, as a unified diff of YAML with three lines around; Secrets are masked. */
export function diffOf(before: KubeObject | undefined, after: KubeObject): string {
  const [live, bundle] = [text(before), text(after)];
  const patch = createTwoFilesPatch('live', 'bundle', live, bundle, '', '', { context: 3, maxEditLength });
  return patch === undefined
    ? `too much differs to be shown: ${linesOf(live)} lines in the cluster, ${linesOf(bundle)} in the bundle`
    : patch.slice(patch.indexOf('@@')).trimEnd();
}

const linesOf = (yaml: string) => yaml.split('\n').length - 1;

function text(object: KubeObject | undefined): string {
  return object === undefined
    ? ''
    : stringify(masked(comparable(object)), { sortMapEntries: true, lineWidth: 0 });
}
