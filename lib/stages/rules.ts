import type { IConstruct } from 'constructs';
import { SonataFlowPlatform } from '../orchestrator/sonataflow-platform';
import { labelProblem } from '../rules/names';
import type { Rule } from '../rules/rule';
import { apiObjectsOf } from './api-objects';
import { claimedTwice, claimText } from './claimed-twice';
import type { Stage } from './stage';
import { StageKind } from './stage-kind';

/** Most bytes that a ConfigMap or Secret holds (Kubernetes, core/validation, MaxSecretSize). */
const largestContent = 1024 * 1024;

/** Most bytes of all annotations of an object (Kubernetes, apimachinery, TotalAnnotationSizeLimitB). */
const largestAnnotations = 256 * 1024;

/** A stage and those that are applied before it. */
export interface StageInOrder {
  readonly stage: Stage;
  readonly earlier: readonly Stage[];
}

/** What a stage refuses. */
export const stageRules: readonly Rule<StageInOrder>[] = [
  {
    name: 'stage/namespace',
    refuses: 'a name that no namespace can have',
    check: ({ stage, earlier }) =>
      earlier.some(({ namespace }) => namespace === stage.namespace)
        ? []
        : labelProblem('namespace', stage.namespace ?? ''),
  },
  {
    name: 'stage/one-namespace',
    refuses: 'stages of one app in different namespaces',
    check: ({ stage, earlier }) =>
      (earlier.some(({ namespace }) => namespace === stage.namespace) ? [] : earlier)
        .slice(0, 1)
        .map(
          ({ kind, namespace }) =>
            `is in namespace ${stage.namespace} and ${kind} in ${namespace}; a hub, its Secrets and its orchestrator share one, ` +
            'so write one app a namespace',
        ),
  },
  {
    name: 'stage/object-name',
    refuses: 'an object without a name of its own',
    check: ({ stage }) =>
      stage._unnamedObjects.map((object) => `${object} has no metadata.name of its own; write one`),
  },
  {
    name: 'stage/claimed-twice',
    refuses: 'an object that two stages, or two constructs of one, claim',
    check: ({ stage, earlier }) =>
      claimedTwice([...earlier, stage])
        .filter(({ chart }) => chart === stage)
        .map((claim) => claimText(claim, `${claim.owner.node.path} already`)),
  },
  {
    name: 'stage/object-size',
    refuses: 'a ConfigMap or Secret that is larger than Kubernetes keeps',
    check: ({ stage }) =>
      apiObjectsOf(stage)
        .filter(({ kind }) => kind === 'ConfigMap' || kind === 'Secret')
        .flatMap((object) => {
          const { data, binaryData, stringData } = object.toJson() as Record<
            string,
            Record<string, string> | undefined
          >;
          const size = Buffer.byteLength(Object.values({ ...data, ...binaryData, ...stringData }).join(''));
          return size <= largestContent
            ? []
            : [
                `${object.kind} ${object.name} holds ${size} bytes, and Kubernetes keeps at most ${largestContent}; ` +
                  'divide it into several',
              ];
        }),
  },
  {
    name: 'stage/annotations-size',
    refuses: 'annotations of an object that are larger than Kubernetes keeps',
    check: ({ stage }) =>
      apiObjectsOf(stage).flatMap(({ kind, name, metadata }) => {
        const { annotations = {} } = (metadata.toJson() ?? {}) as { annotations?: Record<string, string> };
        const size = Buffer.byteLength(Object.entries(annotations).flat().join(''));
        return size <= largestAnnotations
          ? []
          : [
              `${kind} ${name} has annotations of ${size} bytes, and Kubernetes keeps at most ${largestAnnotations}; ` +
                'put the content into a ConfigMap',
            ];
      }),
  },
  {
    name: 'stage/orchestrator-platform',
    refuses: 'an orchestrator stage in an app without SonataFlowPlatform',
    check: ({ stage }) =>
      stage.kind === StageKind.ORCHESTRATOR &&
      !stage.node.root.node.findAll().some((c) => c instanceof SonataFlowPlatform)
        ? [
            'no SonataFlowPlatform is in the app, so the plugins would find no data index; ' +
              'add one to a Stage of kind SONATAFLOW',
          ]
        : [],
  },
];

/** A file that synthesis is to write, and the construct that wants it. */
export interface WantedFile {
  readonly path: string;
  readonly construct: IConstruct;
}

/** What an app refuses. */
export const appRules: readonly Rule<readonly WantedFile[]>[] = [
  {
    name: 'app/one-file',
    refuses: 'two stages, or two values of a Helm chart, that would be the same file',
    check: (files) => {
      const owners = new Map<string, IConstruct>();
      return files.flatMap(({ path, construct }) => {
        const owner = owners.get(path);
        owners.set(path, construct);
        return owner === undefined
          ? []
          : [
              `${path} would be written by ${owner.node.path} and by ${construct.node.path}; ` +
                'give one another id or name, or put it into an app of its own',
            ];
      });
    },
  },
];
