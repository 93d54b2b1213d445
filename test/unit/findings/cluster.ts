import { stringify } from 'yaml';
import type { clusterRules } from '../../../cli/rollout/findings/rules';
import type { KubeObject } from '../../../cli/rollout/kubernetes/object';
import { ApiError, type ErrorCause } from '../../../cli/rollout/kubernetes/api-error';
import type { Problem } from '../../../cli/rollout/findings/problem';
import { problemOfRefusal } from '../../../cli/rollout/plan/refusal';
import { checkReferences } from '../../../cli/rollout/preflight/check-references';
import { checkHubDatabase } from '../../../cli/rollout/preflight/hub-database';
import { inspect } from '../../../cli/rollout/preflight/inspect';
import { checkMove } from '../../../cli/rollout/preflight/check-move';
import { checkNamespaces } from '../../../cli/rollout/preflight/namespaces';
import { checkPluginChecksums } from '../../../cli/rollout/preflight/plugin-checksums';
import { checkRights } from '../../../cli/rollout/preflight/check-rights';
import { checkServedKinds } from '../../../cli/rollout/preflight/served-kinds';
import { placeInNamespace } from '../../../cli/rollout/stages/place-in-namespace';
import { parseMove } from '../../../cli/rollout/state/move-state';
import { CommandLine } from '../command-line';
import { apiWith } from './api-server';
import {
  bundlesOf,
  configMap,
  hub,
  localDatabase,
  moveOf,
  namespace,
  object,
  stagesOf,
  theNamespace,
} from './objects';
import { refused, type Provocation } from './provocation';

/** What is found when an object is refused. */
const refusal = (of: KubeObject, status: number, message: string, causes?: ErrorCause[]) => () =>
  stagesOf([of]).flatMap(({ objects }) =>
    objects.map((item) => problemOfRefusal(new ApiError(status, '', message, causes), item)),
  );

const namespacesOf =
  (...there: KubeObject[]) =>
  async () =>
    (await checkNamespaces(apiWith(there), stagesOf([configMap('settings')]), false)).problems;

/** The command itself, as the Kubernetes client is an ES module, which Jest does not load. */
const withoutKubeconfig = () => {
  const commandLine = new CommandLine();
  try {
    const { stdout } = commandLine.run(['plan', 'dist', '--output', 'json']);
    return (JSON.parse(stdout) as { problems: Problem[] }).problems;
  } finally {
    commandLine.remove();
  }
};

const inNamespace = { namespace, namespaceIsExplicit: false };

const fromStage = (from: string) => () =>
  refused(() =>
    inspect(apiWith([theNamespace]), bundlesOf([configMap('a')], [configMap('b')]), {
      ...inNamespace,
      from,
      createNamespace: false,
      forceConflicts: false,
      discardLocalDatabase: false,
      command: 'plan',
    }),
  );

const rights = (without?: string) => async () => {
  const permission = { group: '', resource: 'pods', namespace, without };
  const permissions = ['list', 'watch'].map((verb) => ({ ...permission, verb }));
  return checkRights(apiWith([], ['pods']), permissions, namespace, 'apply');
};

const references = (forbidden: string[]) => () => {
  const pod = { containers: [{ name: 'main', envFrom: [{ secretRef: { name: 'login' } }] }] };
  const db = object('apps/v1', 'StatefulSet', 'db', { spec: { template: { spec: pod } } });
  return checkReferences(apiWith([], forbidden), stagesOf([db]));
};

const hubDatabase = (discard: boolean, forbidden: string[]) => () =>
  checkHubDatabase(apiWith([hub('hub', {}), localDatabase], forbidden), stagesOf([hub()]), discard);

/** The operator's default list has another version of the plugin than the bundles. */
const plugins = () => {
  const list = (plugin: object) => ({ 'dynamic-plugins.yaml': stringify({ plugins: [plugin] }) });
  const known = { package: '@redhat/plugin@1.8.12', integrity: 'sha512-abc' };
  const defaults = configMap('rhdh-default-config', {
    'dynamic-plugins.yaml': stringify(configMap('default-dynamic-plugins', list(known))),
  });
  const mine = configMap('plugins', list({ package: '@redhat/plugin@1.8.2' }));
  const patch = { spec: { tooLargeForADouble: 9007199254740993n } };
  const using = hub('hub', {
    application: { dynamicPluginsConfigMapName: 'plugins' },
    deployment: { patch },
  });
  return checkPluginChecksums(apiWith([defaults]), stagesOf([mine, using]));
};

const served = (of: KubeObject) => () => checkServedKinds(stagesOf([of]), apiWith([]).discovery);

export const clusterProvocations: Readonly<Record<keyof typeof clusterRules, Provocation>> = {
  kubeconfig: {
    when: 'there is no such file',
    provoke: withoutKubeconfig,
    message: 'the kubeconfig /no/such/kubeconfig cannot be read: there is no such file',
  },
  'other-namespace': {
    when: 'the objects are for another',
    provoke: async () => {
      const asked = { namespace: 'other', namespaceIsExplicit: true };
      return (await placeInNamespace(bundlesOf([configMap('settings')]), apiWith([]).discovery, asked))
        .problems;
    },
    message: 'an object for the namespace rhdh, not for other',
  },
  'no-stage': {
    when: 'no file has the number',
    provoke: fromStage('0300'),
    message: 'there are: 0000-x, 0100-x',
  },
  'no-namespace': {
    when: 'nobody has created it',
    provoke: namespacesOf(),
    message: 'there is no namespace rhdh',
    advice: 'Create it with --create-namespace, or: oc new-project rhdh',
  },
  'namespace-terminating': {
    when: 'somebody has deleted it',
    provoke: namespacesOf({
      ...theNamespace,
      metadata: { name: namespace, deletionTimestamp: '2026-01-01T00:00:00Z' },
    }),
    message: 'the namespace rhdh is being deleted',
  },
  'version-not-served': {
    when: 'the version is of another release',
    provoke: served({ ...hub(), apiVersion: 'rhdh.redhat.com/v1alpha9' }),
    message:
      'the API server does not serve Backstage in rhdh.redhat.com/v1alpha9, but in rhdh.redhat.com/v1alpha4',
    advice: 'Use one of these versions, or the release of the operator that brings rhdh.redhat.com/v1alpha9.',
  },
  'kind-not-served': {
    when: 'an operator is not installed',
    provoke: served(object('external-secrets.io/v1', 'ExternalSecret', 'login')),
    message: 'the API server does not know ExternalSecret (external-secrets.io/v1)',
    advice: 'Install the External Secrets operator, which brings it.',
  },
  forbidden: {
    when: 'a Role lacks them',
    provoke: rights(),
    leniently: rights('tells less'),
    message: 'you may not list, watch pods in the namespace rhdh',
    advice: 'Ask for the Role that `cdk8s-rhdh rights apply` prints.',
  },
  'missing-reference': {
    when: 'nobody has created a Secret',
    provoke: references([]),
    message: 'Secret/login, which StatefulSet/db refers to, does not exist in the namespace rhdh',
  },
  'unchecked-reference': {
    when: 'Secrets may not be read',
    provoke: references(['secrets']),
    message: 'you may not read Secret/login, which StatefulSet/db refers to: make sure it exists',
  },
  'plugin-without-checksum': {
    when: 'the operator is of another z-stream',
    provoke: plugins,
    message:
      'ConfigMap/plugins asks for @redhat/plugin@1.8.2 without integrity, whose checksum the operator in this cluster does not know: its default list has @redhat/plugin@1.8.12',
  },
  'field-conflict': {
    when: 'Helm owns a field',
    provoke: refusal(configMap('settings'), 409, 'conflict', [
      { reason: 'FieldManagerConflict', message: 'conflict with "helm"', field: '.data.key' },
    ]),
    message: 'ConfigMap/settings: other managers own fields with other values: .data.key ("helm")',
  },
  'immutable-field': {
    when: 'a storage class of a claim changes',
    provoke: refusal(object('v1', 'PersistentVolumeClaim', 'data'), 422, 'spec is immutable after creation'),
    message:
      'PersistentVolumeClaim/data exists and cannot be changed like this: spec is immutable after creation',
    advice:
      'Undo the change: a claim can only grow. For another storage class, make a claim of another name.',
  },
  admission: {
    when: 'a policy forbids the pods',
    provoke: refusal(object('v1', 'Pod', 'hub'), 403, 'violates PodSecurity "restricted:latest"'),
    message: 'Pod/hub is not admitted: violates PodSecurity "restricted:latest"',
  },
  'invalid-object': {
    when: 'a field is not known',
    provoke: refusal(configMap('settings'), 400, 'unknown field "dataa"'),
    message: 'ConfigMap/settings is not valid: unknown field "dataa"',
  },
  'local-database': {
    when: 'the bundles turn the local database off',
    provoke: hubDatabase(false, []),
    leniently: hubDatabase(true, []),
    message:
      "Backstage/hub uses the operator's local database (StatefulSet/backstage-psql-hub); its data would stay behind",
    advice: 'Move it with `cdk8s-rhdh migrate`, or begin with empty databases: --discard-local-database.',
  },
  'unchecked-local-database': {
    when: 'StatefulSets may not be read',
    provoke: hubDatabase(false, ['statefulsets']),
    leniently: hubDatabase(true, ['statefulsets']),
    message:
      "you may not read StatefulSet/backstage-psql-hub, so it is not known whether the data of Backstage/hub is in the operator's local database",
    advice: 'Ask for a Role with get on statefulsets.apps.',
  },
  'move-under-way': {
    when: 'the hub is stopped',
    provoke: () => checkMove(parseMove(moveOf('hub', 'preflight', 'stop'))),
    message: 'a move of Backstage/hub is under way and has stopped it',
  },
};
