import type { ApiObject } from 'cdk8s';
import { labelProblem, postgresIdentifierProblem, serviceNameProblem } from '../rules/names';
import { areApart } from '../rules/one-namespace';
import type { Rule } from '../rules/rule';
import type { PostgresStatefulSet } from '../database/postgres-statefulset';
import type { OrchestratorPluginsProps } from './orchestrator-plugins';
import type { SonataFlowPlatform } from './sonataflow-platform';
import type { WorkflowProps } from './workflow';
import type { WorkflowHelmValuesProps } from './workflow-helm-values';
import { serviceName } from '../operators/sonataflow';

/** Longest name of a platform: `<name>-data-index-service` must be a label of at most 63 characters. */
const platformNameLength = 63 - serviceName('', 'data-index-service').length;

/** What a SonataFlowPlatform refuses. */
export const sonataflowPlatformRules: readonly Rule<{
  platform: SonataFlowPlatform;
  resource: ApiObject;
}>[] = [
  {
    name: 'sonataflow-platform/name',
    refuses: 'a name that the services of the platform cannot be derived from',
    check: ({ platform }) => serviceNameProblem('name', platform.name, platformNameLength),
  },
  {
    name: 'sonataflow-platform/namespace',
    refuses: 'a platform in another namespace than the Secret of its database',
    check: ({ platform }) =>
      areApart(platform.postgres, platform)
        ? [
            `the platform is in namespace ${platform.namespace} and Secret ${platform.postgres.secret.name} in ` +
              `${platform.postgres.namespace}; put both into one namespace`,
          ]
        : [],
  },
  {
    name: 'sonataflow-platform/service-ref-with-tls',
    refuses: 'a serviceRef, which can carry no TLS, where the database demands it',
    check: ({ platform, resource }) => serviceRefProblem(platform, resource),
  },
];

/** What the network policies refuse. */
export const networkPoliciesRules: readonly Rule<{
  /** Servers of the namespace that did not exist yet when the policies were made. */
  later: readonly PostgresStatefulSet[];
}>[] = [
  {
    name: 'network-policies/later-server',
    refuses:
      'a PostgresStatefulSet of the namespace that is made after the policies, which would leave its port open',
    check: ({ later }) =>
      later.map(
        ({ name }) =>
          `the server ${name} is made after the network policies, which do not know it; make it before them, or write openDatabase: true`,
      ),
  },
];

/** What the orchestrator's plugins refuse. */
export const orchestratorPluginsRules: readonly Rule<OrchestratorPluginsProps>[] = [
  {
    name: 'orchestrator-plugins/list',
    refuses: 'a hub without a list of dynamic plugins',
    check: ({ hub }) =>
      hub.plugins === undefined
        ? [
            `hub ${hub.name} has no list of dynamic plugins to add the orchestrator's to; write plugins: DynamicPlugins.of()`,
          ]
        : [],
  },
  {
    name: 'orchestrator-plugins/release',
    refuses: 'a release whose operator cannot leave its own SonataFlowPlatform out',
    check: ({ hub }) =>
      hub.release.dropsPluginDependencies
        ? []
        : [
            `RHDH ${hub.release.name} always puts a SonataFlowPlatform on the local database; ` +
              'the orchestrator on an external one needs RHDH 1.8 or newer',
          ],
  },
  {
    name: 'orchestrator-plugins/version',
    refuses: 'npm packages whose checksum neither the operator nor the caller has',
    check: ({ hub: { release }, version, integrity }) => {
      if (!release.hasNpmOrchestrator) {
        return version === undefined && integrity === undefined
          ? []
          : [
              `version and integrity are those of npm packages, and RHDH ${release.name} has its plugins in images; leave them out`,
            ];
      }
      if (version !== undefined && version !== release.orchestratorVersion && integrity === undefined) {
        return [
          `the operator of RHDH ${release.zStream ?? release.name} has no checksum of version ${version}; write integrity`,
        ];
      }
      return version === undefined && release.orchestratorVersion === undefined && release._isZStreamOwn
        ? [
            `it is not known here which version the operator of RHDH ${release.zStream} has; write version as in its ` +
              'ConfigMap of default dynamic plugins, and integrity',
          ]
        : [];
    },
  },
  {
    name: 'orchestrator-plugins/after',
    refuses: 'a place in the list that is not there',
    check: ({ hub, after }) =>
      after === undefined || hub.plugins === undefined || hub.plugins.packages.includes(after)
        ? []
        : [`after: package ${after} is not in the list of the hub; name one that is, or leave after out`],
  },
  {
    name: 'orchestrator-plugins/namespace',
    refuses: 'a platform in another namespace than the hub',
    check: ({ hub, platform }) =>
      areApart(hub, platform)
        ? [
            `hub ${hub.name} is in namespace ${hub.namespace} and platform ${platform.name} in ${platform.namespace}; ` +
              'put both into one namespace',
          ]
        : [],
  },
];

/** A schema reaches the server in `search_path`, which folds upper case and splits at commas and spaces. */
const plainSchema = /^[a-z_][a-z0-9_-]*$/;

function schemaProblem(schema: string): string[] {
  return plainSchema.test(schema)
    ? postgresIdentifierProblem('schema', schema)
    : [
        `schema ${JSON.stringify(schema)} would not survive search_path; write lower-case letters, digits, '_' and '-', ` +
          'beginning with a letter',
      ];
}

/** Names of Helm releases have at most 53 characters. */
function helmNameProblem(name: string): string[] {
  return labelProblem('name', name, 53);
}

/** What a workflow refuses. */
export const workflowRules: readonly Rule<WorkflowProps & { resource: ApiObject; namespace?: string }>[] = [
  {
    name: 'workflow/name',
    refuses: 'a name that the Service of the workflow cannot have',
    check: ({ name }) => serviceNameProblem('name', name),
  },
  {
    name: 'workflow/schema',
    refuses: 'a schema that PostgreSQL would read as another',
    check: ({ name, schema = name }) => (schema === name ? [] : schemaProblem(schema)),
  },
  {
    name: 'workflow/flow',
    refuses: 'a flow without states',
    check: ({ flow }) =>
      Array.isArray(flow.states) && flow.states.length > 0
        ? []
        : [
            'flow has no states; write the workflow as in the Serverless Workflow specification 0.8, with start and states',
          ],
  },
  {
    name: 'workflow/profile',
    refuses: 'a workflow without the image that its profile runs',
    check: ({ profile, image }) =>
      (profile ?? 'gitops') === 'gitops' && image === undefined
        ? [
            'profile GITOPS runs an image that was built before; write image, or ' +
              'profile: WorkflowProfile.PREVIEW to build in the cluster',
          ]
        : [],
  },
  {
    name: 'workflow/namespace',
    refuses: 'a workflow in another namespace than its platform',
    check: ({ resource, namespace, platform }) =>
      areApart(resource, platform)
        ? [
            `the workflow is in namespace ${namespace} and its platform in ${platform.namespace}; put both into one namespace`,
          ]
        : [],
  },
  {
    name: 'workflow/service-ref-with-tls',
    refuses: 'a serviceRef, which can carry no TLS, where the database demands it',
    check: ({ platform, resource }) => serviceRefProblem(platform, resource),
  },
];

/** What the values of a workflow's Helm chart refuse. */
export const workflowHelmValuesRules: readonly Rule<WorkflowHelmValuesProps>[] = [
  {
    name: 'workflow-helm-values/name',
    refuses: 'a name that no Helm release can have',
    check: ({ name }) => helmNameProblem(name),
  },
  {
    name: 'workflow-helm-values/schema',
    refuses: 'a schema that PostgreSQL would read as another',
    check: ({ name, schema }) =>
      schema === undefined && helmNameProblem(name).length > 0 ? [] : schemaProblem(schema ?? name),
  },
  {
    name: 'workflow-helm-values/authority',
    refuses: 'verified TLS, whose authority the Helm chart does not mount',
    check: ({ name, platform: { postgres } }) =>
      postgres.tls.authority === undefined
        ? []
        : [
            `tls '${postgres.tls.mode}' needs the certificates of ${postgres.tls.authority.kind} ` +
              `${postgres.tls.authority.name} in the pod, and the chart of workflow ${name} has no value that mounts them; ` +
              'write a Workflow instead, which does',
          ],
  },
];

function serviceRefProblem(platform: SonataFlowPlatform, resource: ApiObject): string[] {
  return platform.postgres.tls.enabled && JSON.stringify(resource.toJson()).includes('"serviceRef"')
    ? [`a serviceRef carries no TLS, and the database demands '${platform.postgres.tls.mode}'; write jdbcUrl`]
    : [];
}
