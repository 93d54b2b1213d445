import type { Manifest } from '../manifest/yaml-file';

const pod = 'spec.deployment.patch.spec.template.spec';

/** Fields of the Backstage resource that the constructs read, by what they hold; `null` is as good as nothing. */
const maps = [
  'metadata',
  'metadata.labels',
  'metadata.annotations',
  'spec',
  'spec.application',
  'spec.application.appConfig',
  'spec.application.extraEnvs',
  'spec.application.extraFiles',
  'spec.application.route',
  'spec.database',
  'spec.rawRuntimeConfig',
  'spec.deployment',
  'spec.deployment.patch',
  'spec.deployment.patch.spec',
  'spec.deployment.patch.spec.template',
  pod,
];
const lists = [
  'spec.flavours',
  'spec.application.appConfig.configMaps',
  'spec.application.extraEnvs.envs',
  'spec.application.extraEnvs.configMaps',
  'spec.application.extraEnvs.secrets',
  'spec.application.extraFiles.configMaps',
  'spec.application.extraFiles.pvcs',
  'spec.application.extraFiles.secrets',
  `${pod}.containers`,
  `${pod}.initContainers`,
  `${pod}.volumes`,
];
const texts = [
  'spec.application.dynamicPluginsConfigMapName',
  'spec.rawRuntimeConfig.backstageConfig',
  'spec.rawRuntimeConfig.localDbConfig',
];
const listsOfContainers = ['env', 'envFrom', 'volumeMounts'];

/** A field that holds something else than it should. */
export interface Misshape {
  readonly path: readonly (string | number)[];
  /** What is wrong, and what to write instead. */
  readonly message: string;
}

/** The fields of a Backstage resource that are not of the kind that the operator reads. */
export function misshapes(object: Manifest): Misshape[] {
  const found = [
    ...(typeof object.metadata?.name === 'string' || !isMapOrNull(object.metadata)
      ? []
      : [{ path: ['metadata'], message: 'metadata has no name; write metadata: { name: … }' }]),
    ...(typeof object.apiVersion === 'string'
      ? []
      : [{ path: ['apiVersion'], message: 'apiVersion is missing; write apiVersion: rhdh.redhat.com/…' }]),
    ...maps.flatMap((path) => mapProblem(object, path.split('.'))),
    ...lists.flatMap((path) => listProblem(object, path.split('.'))),
    ...texts.flatMap((path) => textProblem(object, path.split('.'))),
  ];
  return found.length > 0
    ? found
    : [...nameProblems(object), ...variableProblems(object), ...containerProblems(object)];
}

/** The operator finds nothing without its name; containers and volumes are told of by the rule of the patch. */
function nameProblems(object: Manifest): Misshape[] {
  return lists
    .filter((list) => !list.startsWith(pod))
    .flatMap((list) => {
      const path = list.split('.');
      const items = valueAt(object, path);
      return Array.isArray(items)
        ? items.flatMap((item, index) =>
            typeof item.name === 'string'
              ? []
              : [
                  {
                    path: [...path, index],
                    message: `${list}[${index}] has no name; write { name: … }, or leave it out`,
                  },
                ],
          )
        : [];
    });
}

/** Variables of a pod are texts, which YAML makes of no number and no yes or no. */
function variableProblems(object: Manifest): Misshape[] {
  const containers = ['containers', 'initContainers'].flatMap((list) => {
    const found = valueAt(object, [...pod.split('.'), list]);
    return Array.isArray(found) ? found.map((_, index) => [...pod.split('.'), list, index, 'env']) : [];
  });
  return [['spec', 'application', 'extraEnvs', 'envs'], ...containers].flatMap((path) => {
    const variables = valueAt(object, path);
    return Array.isArray(variables)
      ? variables.flatMap((variable, index) => {
          const value: unknown = variable?.value;
          return value === undefined || value === null || typeof value === 'string'
            ? []
            : [
                {
                  path: [...path, index, 'value'],
                  message: `${written([...path, index, 'value'])} is ${shown(value)}, where a text is expected; write it in quotes`,
                },
              ];
        })
      : [];
  });
}

function containerProblems(object: Manifest): Misshape[] {
  return ['containers', 'initContainers'].flatMap((list) => {
    const path = [...pod.split('.'), list];
    const containers = valueAt(object, path);
    return Array.isArray(containers)
      ? containers.flatMap((_, index) =>
          listsOfContainers.flatMap((field) =>
            listProblem(object, [...path, index, field], field !== 'volumeMounts'),
          ),
        )
      : [];
  });
}

function mapProblem(object: Manifest, path: string[]): Misshape[] {
  const value = valueAt(object, path);
  return isMapOrNull(value)
    ? []
    : [
        {
          path,
          message: `${path.join('.')} is ${shown(value)}, where fields are expected; write ${path.at(-1)}: { … }`,
        },
      ];
}

function listProblem(object: Manifest, path: (string | number)[], named = true): Misshape[] {
  const value = valueAt(object, path);
  const name = written(path);
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    return [
      {
        path,
        message: `${name} is ${shown(value)}, where a list is expected; write ${path.at(-1)}: [{ name: … }]`,
      },
    ];
  }
  return value.flatMap((item, index) =>
    isMap(item)
      ? []
      : [
          {
            path: [...path, index],
            message: `${name}[${index}] is ${shown(item)}, where fields are expected; ${named ? 'write { name: … }' : 'write { … }'}, or leave it out`,
          },
        ],
  );
}

function textProblem(object: Manifest, path: string[]): Misshape[] {
  const value = valueAt(object, path);
  return value === undefined || value === null || typeof value === 'string'
    ? []
    : [{ path, message: `${path.join('.')} is ${shown(value)}, where a text is expected` }];
}

/** The value at a path; nothing below what is no map or list, of which the field above tells. */
function valueAt(object: Manifest, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Manifest)[key] : undefined),
    object,
  );
}

function written(path: readonly (string | number)[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join('');
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isMapOrNull(value: unknown): boolean {
  return value === undefined || value === null || isMap(value);
}

/** What a value is, for a person. */
export function shown(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object'
    ? 'a map'
    : `${typeof value === 'string' ? 'the text' : `the ${typeof value}`} ${String(value).slice(0, 40)}`;
}
