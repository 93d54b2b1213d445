import type { IPostgres } from '../database/postgres';
import { environmentVariableProblem, keyProblem, labelProblem, subdomainProblem } from '../rules/names';
import { areApart } from '../rules/one-namespace';
import type { Manifest } from '../manifest/yaml-file';
import type { Rule } from '../rules/rule';
import type { IDynamicPluginsRoot } from './dynamic-plugins-root';
import { isOrchestratorPackage, orchestratorRole } from './dynamic-plugin';
import type { DynamicPlugins } from './dynamic-plugins';
import type { HubBase } from './hub-base';
import type { LightspeedProps } from './lightspeed';
import type { RhdhRelease } from '../operators/release';
import { backstageContainer, idleAnnotation } from '../operators/rhdh';
import { containerSelectors } from './effective/container-selectors';
import { keysOf } from './effective/mounted-files';
import { rawConfigMaps } from './effective/raw-config';
import { patchProblems } from './effective/patch-problems';

const extraEnvsPath = 'spec.application.extraEnvs';
const containersPath = 'spec.deployment.patch.spec.template.spec.containers';
const extraFilesPath = 'spec.application.extraFiles';

/**
 * Longest name of a hub, in characters: the operator makes `backstage-psql-<name>-0` and labels of it, which
 * have at most 63.
 */
const hubNameLength = 40;

/** The database refuses its own wrong names by itself. */
function isOf(database: IPostgres | undefined, name: unknown): boolean {
  return name !== undefined && [database?.secret.name, database?.tls.authority?.name].includes(String(name));
}

/** What every hub refuses. */
export const hubRules: readonly Rule<HubBase>[] = [
  {
    name: 'hub/name',
    refuses: 'a name that the objects of the operator cannot be derived from',
    check: (hub) => labelProblem('name', hub.name, hubNameLength),
  },
  {
    name: 'hub/z-stream',
    refuses: 'a z-stream that is none of the release',
    check: ({ release }) =>
      release._isZStreamOwn
        ? []
        : [
            `z-stream ${JSON.stringify(release.zStream)} is none of RHDH ${release.name}; write one such as '${release.name}.1'`,
          ],
  },
  {
    name: 'hub/connected',
    refuses: 'a hub that was never connected to a database',
    check: (hub) =>
      hub.database === undefined
        ? [
            `hub ${hub.name} has no database and would keep the operator's local one; write hub.connect(postgres)`,
          ]
        : [],
  },
  {
    name: 'hub/namespace',
    refuses: 'a hub, or its files, in another namespace than the Secret of its database',
    check: (hub) => {
      const { database, namespace, _manifest } = hub;
      const own = _manifest.get('metadata.namespace') as string | undefined;
      const problems: string[] = [];
      if (own !== undefined && own !== namespace) {
        problems.push(
          `the resource names namespace ${own} and its stage ${namespace}; write one of them in both places`,
        );
      }
      if (database !== undefined && areApart(database, hub)) {
        problems.push(
          `the hub is in namespace ${namespace} and Secret ${database.secret.name} of its database in ` +
            `${database.namespace}; put both into one namespace, the server itself may be anywhere`,
        );
      }
      return problems;
    },
  },
  {
    name: 'hub/release-field',
    refuses: 'a field that the release does not have',
    check: ({ release, _manifest }) =>
      release.missingFields
        .filter(({ path }) => _manifest.has(path))
        .map(({ path, since, until, instead }) => {
          const have = since === undefined ? `releases up to ${until} have it` : `${since} and newer have it`;
          return `RHDH ${release.name} has no field ${path}; ${have}: ${instead}`;
        }),
  },
  {
    name: 'hub/orchestrator',
    refuses: 'orchestrator plugins on which no stage puts the external database',
    check: (hub) => orchestratorProblems(hub),
  },
  {
    name: 'hub/orchestrator-elsewhere',
    refuses:
      'orchestrator plugins for a platform elsewhere that would make one on the local database, or not start',
    check: ({ _props, release }) =>
      _props.orchestratorElsewhere === true ? elsewhereProblems(_props.plugins, release) : [],
  },
  {
    name: 'hub/duplicate-plugin',
    refuses:
      'a plugin that stands twice in the list, where the release or the orchestrator cannot have it twice',
    check: ({ _props, release }) =>
      (_props.plugins?._repeated ?? [])
        .filter((packages) => new Set(packages).size > 1)
        .filter(([reference]) => release.refusesDuplicatePlugins || isOrchestratorPackage(reference))
        .map(
          (packages) =>
            `${packages.join(' and ')} are one plugin, which RHDH ${release.name} cannot have twice; keep one of the entries`,
        ),
  },
  {
    name: 'hub/containers',
    refuses:
      'a list of containers that has the sign for all beside names, which the operator takes for one more name',
    check: ({ _manifest }) =>
      containerSelectors(_manifest)
        .filter(({ names }) => names.length > 1 && names.includes('*'))
        .map(
          ({ path }) =>
            `${path} has '*' beside other names; write ['*'] for each container, or the names alone`,
        ),
  },
  {
    name: 'hub/raw-config',
    refuses: 'manifests of the raw configuration of which the operator could make no Backstage',
    check: (hub) => (rawConfigMaps(hub._manifest).length === 0 ? [] : hub._effective().rawProblems),
  },
  {
    name: 'hub/patch',
    refuses: 'a patch of the pod of which the operator would drop a part',
    check: (hub) => [
      ...patchProblems(hub._manifest.get('spec.deployment.patch'), 'spec.deployment.patch'),
      ...(hub._manifest.get('spec.deployment.patch') === undefined ||
      hub._effective().containers.some(({ name }) => name === backstageContainer)
        ? []
        : [
            `spec.deployment.patch removes container ${backstageContainer}, in which Backstage runs; ` +
              'leave null and $patch: delete out above it',
          ]),
      ...hub._manifest
        .list(containersPath)
        .flatMap(({ name, $patch, image }, index) =>
          name === backstageContainer && $patch === 'replace' && image === undefined
            ? [
                `${containersPath}[${index}] replaces container ${name} by one without image; ` +
                  'write image, or leave $patch out',
              ]
            : [],
        ),
    ],
  },
  {
    name: 'hub/idle',
    refuses: 'a hub that its operator keeps at 0 pods',
    check: ({ release, _manifest }) =>
      release.hasIdle && _manifest.json.metadata?.annotations?.[idleAnnotation] === 'true'
        ? [
            `annotation ${idleAnnotation}: "true" keeps the hub and its local database at 0 pods; ` +
              'take it out, and put it back after the move',
          ]
        : [],
  },
  {
    name: 'hub/replicas',
    refuses: 'several pods on a volume that one node or pod can mount',
    check: ({ replicas, _props }) =>
      replicas <= (_props.maxReplicas ?? Infinity) || !Number.isInteger(replicas)
        ? []
        : [
            `replicas ${replicas} cannot share a ReadWriteOnce claim: on a second node the pod would wait for ever; ` +
              'write access: ClaimAccess.READ_WRITE_MANY, or onOneNode: true if all pods are meant for one node',
          ],
  },
  {
    name: 'hub/replicas-number',
    refuses: 'a number of pods that is none',
    check: ({ replicas }) =>
      Number.isInteger(replicas) && replicas >= 0
        ? []
        : [`replicas ${replicas} is not a number of pods; write 0 or more`],
  },
  {
    name: 'hub/env-name',
    refuses: 'a name that no environment variable can have',
    check: ({ _manifest }) =>
      _manifest
        .list(`${extraEnvsPath}.envs`)
        .flatMap((variable, index) =>
          environmentVariableProblem(`${extraEnvsPath}.envs[${index}].name`, String(variable?.name ?? '')),
        ),
  },
  {
    name: 'hub/source-name',
    refuses: 'a name that no Secret, ConfigMap or claim can have, or a key',
    check: ({ database, _manifest }) =>
      [
        `${extraEnvsPath}.secrets`,
        `${extraEnvsPath}.configMaps`,
        `${extraFilesPath}.secrets`,
        `${extraFilesPath}.configMaps`,
        `${extraFilesPath}.pvcs`,
      ].flatMap((path) =>
        _manifest
          .list(path)
          .flatMap((source, index) =>
            path.startsWith(extraFilesPath) && keysOf(source?.key).length > 1
              ? [
                  `${path}[${index}].key ${JSON.stringify(source.key)} names several keys, which the operator takes for one; ` +
                    'leave key out and write mountPath, by which each key is a file',
                ]
              : isOf(database, source?.name)
                ? []
                : [
                    ...subdomainProblem(`${path}[${index}].name`, String(source?.name ?? '')),
                    ...(source?.key === undefined
                      ? []
                      : keyProblem(`${path}[${index}].key`, String(source.key))),
                  ],
          ),
      ),
  },
  {
    name: 'hub/secret-files',
    refuses: 'files of a Secret without key and folder, which the operator does not accept',
    check: ({ _manifest }) =>
      _manifest
        .list(`${extraFilesPath}.secrets`)
        .flatMap(({ name, key, mountPath }, index) =>
          key === undefined && mountPath === undefined
            ? [
                `${extraFilesPath}.secrets[${index}] (${name}) has neither key nor mountPath; write one of them`,
              ]
            : [],
        ),
  },
  {
    name: 'hub/volume-name',
    refuses: 'the same object twice among the files, which gives two volumes of one name',
    check: ({ _manifest }) => {
      const names = [
        `${extraFilesPath}.secrets`,
        `${extraFilesPath}.configMaps`,
        'spec.application.appConfig.configMaps',
      ].flatMap((path) => _manifest.list(path).map((source) => String(source?.name ?? '')));
      return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map(
        (name) =>
          `${name} is mounted twice and the operator names its volume after it; list it once, without key for all keys`,
      );
    },
  },
];

/** What every hub refuses of the files that it is made from, and of what they say. */
export const hubFileRules: readonly Rule<HubBase>[] = [
  {
    name: 'hub/input',
    refuses: 'files that cannot be read, plugin lists that are none, references that cannot be turned',
    check: (hub) => [...hub._problems, ...(hub._props.plugins?._problems ?? [])],
  },
  {
    name: 'hub/api-version',
    refuses: 'a Backstage resource of an API version that the release does not serve',
    check: ({ release, _manifest }) =>
      release.servedApiVersions.includes(_manifest.json.apiVersion)
        ? []
        : [
            `RHDH ${release.name} does not serve ${_manifest.json.apiVersion}; write apiVersion: ${release.apiVersion}`,
          ],
  },
  {
    name: 'hub/plugins-config-map',
    refuses: 'a resource that refers to another ConfigMap of dynamic plugins than the one given',
    check: ({ _manifest, plugins }) => {
      const named = _manifest.get('spec.application.dynamicPluginsConfigMapName');
      return plugins === undefined || named === plugins.configMapName
        ? []
        : [
            `the resource refers to ConfigMap ${named}, the file holds ConfigMap ${plugins.configMapName}; give both one name`,
          ];
    },
  },
];

/** What a {@link DynamicPluginsRoot} refuses. */
export const dynamicPluginsRootRules: readonly Rule<IDynamicPluginsRoot>[] = [
  {
    name: 'dynamic-plugins-root/name',
    refuses: 'a name that no claim can have',
    check: ({ claimName }) => subdomainProblem('name', claimName),
  },
];

/** What a {@link Lightspeed} refuses. */
export const lightspeedRules: readonly Rule<LightspeedProps>[] = [
  {
    name: 'lightspeed/connected',
    refuses: 'Lightspeed on a hub that was not connected before',
    check: ({ hub }) =>
      hub._manifest
        .list('spec.deployment.patch.spec.template.spec.containers')
        .some(({ name }) => name === 'lightspeed-core')
        ? []
        : ['the hub had no database when Lightspeed was added; write hub.connect(postgres) before it'],
  },
  {
    name: 'lightspeed/flavour',
    refuses: 'sidecars beside those of the operator (RHDH 1.10)',
    check: ({ hub }) =>
      hub.release.hasLightspeedFlavour &&
      !hub._manifest
        .list('spec.flavours')
        .some(({ name, enabled }) => name === 'lightspeed' && enabled === false)
        ? [
            `RHDH ${hub.release.name} adds Lightspeed itself; leave Lightspeed out, or write ` +
              "flavours: [{ name: 'lightspeed', enabled: false }]",
          ]
        : [],
  },
];

function orchestratorProblems({ _orchestrated, _props, _manifest, release }: HubBase): string[] {
  if (_orchestrated || _props.orchestratorElsewhere === true) return [];
  const flavours = _manifest.list('spec.flavours');
  return [
    ...(_props.plugins?.enabledPackages(release) ?? [])
      .filter(isOrchestratorPackage)
      .map(
        (reference) =>
          `${reference} is in the list, but no OrchestratorPlugins adds it in the orchestrator stage, so it would be ` +
          'dropped; add OrchestratorPlugins with a SonataFlowPlatform, write orchestratorElsewhere: true if there is one ' +
          'outside this app, or take it out of the list',
      ),
    ...(flavours.some(({ name, enabled }) => name === 'orchestrator' && enabled === true)
      ? [
          'flavour orchestrator brings a SonataFlowPlatform on the local database; ' +
            'add OrchestratorPlugins with a SonataFlowPlatform, or take the flavour out',
        ]
      : []),
  ];
}

/** The operator adds `dependencies` of its own to the backend, and makes a platform of them, unless they are overridden. */
function elsewhereProblems(plugins: DynamicPlugins | undefined, release: RhdhRelease): string[] {
  const enabled = (plugins?.enabledPackages(release) ?? []).filter(isOrchestratorPackage);
  const entries = enabled.map((reference) => ({
    reference,
    entry: plugins?._orchestratorEntry(reference) ?? {},
  }));
  const urls = new Set(
    entries
      .map(({ entry }) => entry.pluginConfig?.orchestrator?.dataIndexService?.url)
      .filter((url) => url !== undefined),
  );
  return [
    ...entries
      .filter(
        ({ reference, entry }) =>
          (entry.dependencies ?? []).some((dependency: Manifest | null) => dependency?.ref !== undefined) ||
          (orchestratorRole(reference) === 'backend' && !(entry.dependencies?.length > 0)),
      )
      .map(
        ({ reference }) =>
          `${reference} lets the operator make a SonataFlowPlatform on the local database; write dependencies: [{}]`,
      ),
    ...entries
      .filter(
        ({ reference, entry }) =>
          release.hasNpmOrchestrator &&
          !reference.startsWith('oci://') &&
          entry.integrity === undefined &&
          !Object.values(release.orchestratorPackages).includes(reference),
      )
      .map(
        ({ reference }) =>
          `${reference} has no integrity, and the operator of RHDH ${release.zStream ?? release.name} knows that of ` +
          `${release.orchestratorPackages[orchestratorRole(reference)!]} alone; write that, or the integrity of the package`,
      ),
    ...(urls.size > 1
      ? [
          `the orchestrator's plugins name ${urls.size} data indexes (${[...urls].join(', ')}); write one url in all`,
        ]
      : []),
  ];
}
