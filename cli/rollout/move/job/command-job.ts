import type { KubeObject } from '../../kubernetes/object';
import type { Listener } from '../../event';
import { digestOf } from '../../state/digest';

/** Which run of a step a Job was made for, so that whoever goes on knows it again. */
const runAnnotation = 'cdk8s-rhdh/run';

/** What the Job's image can do (`MOVE_COMMAND`). */
export type MoveCommand = 'preflight' | 'fence' | 'unfence' | 'copy' | 'sessions' | 'written';

/** One run of a command. */
export interface CommandRun {
  readonly command: MoveCommand;
  /** Differs from what an earlier run had. */
  readonly run: string;
  /** Variables of the container with another value than in the bundle. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** How long is waited, and who is told. Times in milliseconds. */
export interface CommandOptions {
  readonly timeout: number;
  readonly patience: number;
  readonly signal: AbortSignal;
  readonly listener: Listener;
}

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly secretKeyRef?: { readonly name: string; readonly key: string; readonly optional?: boolean };
  };
}

/** Commands that are run after the switch, when releases up to 1.9 have deleted the Secret of the old server. */
const withoutSource: Partial<Record<MoveCommand, true>> = { sessions: true, written: true };

const same = (variable: Variable): Variable => variable;

function optional(variable: Variable): Variable {
  const { secretKeyRef } = variable.valueFrom ?? {};
  if (!secretKeyRef || !variable.name.startsWith('SOURCE_')) return variable;
  return { ...variable, valueFrom: { secretKeyRef: { ...secretKeyRef, optional: true } } };
}

/** The Job of the bundle under another name, made to run one command. */
export function commandJob(template: KubeObject, { command, run, variables }: CommandRun): KubeObject {
  const { name, namespace, labels, annotations } = template.metadata;
  const podSpec = template.spec.template.spec as { containers: { env?: Variable[] }[] };
  const changes = { MOVE_COMMAND: command, ...variables };
  const containers = podSpec.containers.map((container) => ({
    ...container,
    env: withVariables((container.env ?? []).map(withoutSource[command] ? optional : same), changes),
  }));
  return {
    ...template,
    metadata: {
      name: jobName(name, command),
      namespace,
      labels,
      annotations: { ...annotations, [runAnnotation]: run },
    },
    spec: { ...template.spec, template: { ...template.spec.template, spec: { ...podSpec, containers } } },
  };
}

/** Whether a Job was made for this run. */
export function isOfRun(job: KubeObject, { run }: CommandRun): boolean {
  return job.metadata.annotations?.[runAnnotation] === run;
}

/** The ConfigMap in which a command leaves its report, where the Job says one. */
export function reportName(template: KubeObject, command: MoveCommand): string | undefined {
  const name = variable(template, 'REPORT_CONFIG_MAP')?.value;
  return name === undefined || command === 'copy' ? name : `${name}-${command}`;
}

/** A variable of the Job's container. */
export function variable(job: KubeObject, name: string): Variable | undefined {
  const containers = (job.spec?.template?.spec?.containers ?? []) as { env?: Variable[] }[];
  return containers.flatMap(({ env }) => env ?? []).find((one) => one.name === name);
}

function withVariables(env: readonly Variable[], changes: Readonly<Record<string, string>>): Variable[] {
  const others = env.filter(({ name }) => !(name in changes));
  return [...others, ...Object.entries(changes).map(([name, value]) => ({ name, value }))];
}

/** A pod's label carries the name of its Job, so it has at most 63 characters. */
function jobName(name: string, command: MoveCommand): string {
  const full = `${name}-${command}`;
  return full.length <= 63
    ? full
    : `${name.slice(0, 63 - command.length - 10)}-${digestOf(name).slice(0, 8)}-${command}`;
}
