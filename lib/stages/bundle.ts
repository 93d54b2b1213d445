import type { Chart } from 'cdk8s';
import { toJsonText, toYaml } from '../yaml';
import type { WorkflowHelmValues } from '../orchestrator/workflow-helm-values';
import { apiObjectsOf } from './api-objects';

/** Folder of the Helm values, below the bundles: `oc apply -f dist/` does not look into it. */
const helmFolder = 'helm';

/** Path of a chart's bundle, below the output folder. */
export function chartPath(chart: Chart): string {
  return `${chart.node.id}.k8s.yaml`;
}

/** Path of the values of a workflow's Helm chart, below the output folder. */
export function helmPath(values: WorkflowHelmValues): string {
  return `${helmFolder}/${values.name}-values.yaml`;
}

/** A file that synthesis writes. */
export interface Bundle {
  /** Path of the file, below the output folder. */
  readonly path: string;
  /** Text of the file. */
  readonly content: string;
  /** What is in it, e.g. `Secret my-secret`. */
  readonly objects: string[];
  /**
   * Whether it holds a Secret in plain text, so that it is for its owner alone.
   * @default false
   */
  readonly secret?: boolean;
  /** Command that brings it to the cluster. */
  readonly command: string;
}

/** The bundle of a stage. */
export function chartBundle(chart: Chart, objects: readonly any[], outdir: string): Bundle {
  const path = chartPath(chart);
  return {
    path,
    content: objects.map(toYaml).join('---\n'),
    objects: objects.map(({ kind, metadata }) => `${kind} ${metadata?.name}`),
    ...(objects.some(isPlainTextSecret) ? { secret: true } : {}),
    command: `oc apply ${objects.some(isTooLargeToKeep) ? '--server-side ' : ''}-f ${outdir}/${path}`,
  };
}

/** The values of a workflow's Helm chart. */
export function helmBundle(
  values: WorkflowHelmValues,
  namespace: string | undefined,
  outdir: string,
): Bundle {
  const path = helmPath(values);
  const release = `helm upgrade --install ${values.name} ${values.chart}`;
  return {
    path,
    content: values.toYaml(),
    objects: [`Helm values of workflow ${values.name}`],
    command: `${release}${namespace === undefined ? '' : ` --namespace ${namespace}`} -f ${outdir}/${path}`,
  };
}

/** The objects of a chart as JSON; where the app has dependencies (`ordered`), those it depends on first. */
export function chartObjects(chart: Chart, ordered: boolean): any[] {
  return ordered ? chart.toJson() : apiObjectsOf(chart).map((object) => object.toJson());
}

function isPlainTextSecret({ kind, data, stringData }: any): boolean {
  return kind === 'Secret' && Object.keys({ ...data, ...stringData }).length > 0;
}

/** Without `--server-side` the object itself becomes an annotation, and annotations have at most 256 KiB together. */
function isTooLargeToKeep(object: any): boolean {
  return Buffer.byteLength(toJsonText(object)) > 256 * 1024 - 1024;
}
