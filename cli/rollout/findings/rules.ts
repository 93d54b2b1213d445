import { namespaceAdvice } from './namespace';

/** A command that reads bundles. */
export type CommandName = (typeof everyCommand)[number];

/** One thing that the command finds. Rules are data: `docs/findings.md` lists them and a test breaks each one. */
export type FindingRule = {
  /** What is found, for the documentation. */
  readonly finds: string;
  /** Who tells it. */
  readonly commands: readonly CommandName[];
} & (
  | { readonly severity: 'error' | 'warning' }
  /** It is an error, and a warning under this condition. */
  | { readonly warningWith: string }
) &
  (
    | { readonly advice: string }
    /** What to do, for the documentation: the advice depends on the case, or the message has it. */
    | { readonly remedy: string }
  );

type Rules = Readonly<Record<string, FindingRule>>;

export const everyCommand = ['plan', 'apply', 'status', 'verify', 'destroy', 'migrate', 'rollback'] as const;
const applying = ['plan', 'apply', 'migrate'] as const;

const nameTheDirectory =
  'Name the directory of the synthesized bundles: run `npm run synth`, then use `dist`.';

/** What is wrong with the files, before a cluster is asked. */
export const bundleRules = {
  'no-directory': {
    finds: 'a directory that cannot be read',
    commands: everyCommand,
    severity: 'error',
    advice: nameTheDirectory,
  },
  'no-files': {
    finds: 'a directory without YAML files',
    commands: everyCommand,
    severity: 'error',
    advice: nameTheDirectory,
  },
  'no-number': {
    finds: 'a file whose name has no number',
    commands: everyCommand,
    severity: 'error',
    advice: 'Name it like 0200-backstage.k8s.yaml, or move it out of the directory.',
  },
  'unreadable-file': {
    finds: 'a file that cannot be read, or that is none: a folder, a device, a pipe, a link to nothing',
    commands: everyCommand,
    severity: 'error',
    remedy: 'Give a file that you may read, or move it out of the directory.',
  },
  'file-too-large': {
    finds: 'a file of more than 32 MiB',
    commands: everyCommand,
    severity: 'error',
    remedy: 'Split it, or keep large data outside the cluster.',
  },
  'document-too-large': {
    finds: 'a YAML document of more than 3 MiB',
    commands: everyCommand,
    severity: 'error',
    advice: 'Kubernetes stores objects of at most 1.5 MiB: keep large data outside the cluster.',
  },
  'malformed-yaml': {
    finds:
      'bytes that are not UTF-8, text that is not YAML, and what Kubernetes would not read as it looks: a key that stands twice',
    commands: everyCommand,
    severity: 'error',
    remedy: 'Correct the line that is named.',
  },
  'yaml-aliases': {
    finds: 'an alias that stands inside what it repeats, and aliases that stand for nearly all of a document',
    commands: everyCommand,
    severity: 'error',
    remedy: 'Write the values out instead of repeating them by aliases.',
  },
  'empty-file': {
    finds: 'a file without an object',
    commands: everyCommand,
    severity: 'error',
    remedy: 'Delete the file, or write an object into it.',
  },
  'not-an-object': {
    finds: 'a document that is a list or a single value',
    commands: everyCommand,
    severity: 'error',
    remedy: 'Write a Kubernetes object, or take the document out.',
  },
  'no-kind': {
    finds: 'a `kind` that is missing or cannot be one',
    commands: everyCommand,
    severity: 'error',
    advice: 'Write the kind, for example: kind: ConfigMap',
  },
  'no-api-version': {
    finds: 'an `apiVersion` that is missing or cannot be one',
    commands: everyCommand,
    severity: 'error',
    advice: 'Write group and version, for example: apiVersion: apps/v1',
  },
  'bad-name': {
    finds: 'a name that is missing, or that no object can have',
    commands: everyCommand,
    severity: 'error',
    advice: 'Give it a fixed metadata.name of at most 253 characters, without / and %.',
  },
  'bad-namespace': {
    finds: 'a namespace that cannot exist',
    commands: everyCommand,
    severity: 'error',
    advice: namespaceAdvice,
  },
  'object-too-large': {
    finds: 'an object of more than 1.5 MiB',
    commands: everyCommand,
    severity: 'error',
    remedy: 'Keep large data outside the cluster.',
  },
  'duplicate-object': {
    finds: 'an object that stands twice in a file',
    commands: everyCommand,
    severity: 'error',
    advice: 'Keep one of them: the second would overwrite the first.',
  },
} as const satisfies Rules;

/** What stands in the way of applying the bundles to this cluster. */
export const clusterRules = {
  kubeconfig: {
    finds: 'a cluster that cannot be found or entered',
    commands: everyCommand,
    severity: 'error',
    advice: 'Name it with --kubeconfig and --context, or log in again.',
  },
  'other-namespace': {
    finds: 'an object of another namespace than `--namespace`',
    commands: ['plan', 'apply', 'status', 'verify', 'destroy', 'migrate'],
    severity: 'error',
    advice: 'Leave --namespace out, or synthesize the bundles for it.',
  },
  'no-stage': {
    finds: 'a `--from` or `--to` that selects no stage',
    commands: ['plan', 'apply'],
    severity: 'error',
    remedy: 'Name stages that the message lists, in the order of their numbers.',
  },
  'no-namespace': {
    finds: 'a namespace that does not exist',
    commands: applying,
    severity: 'error',
    remedy: 'Create it, or run again with --create-namespace.',
  },
  'namespace-terminating': {
    finds: 'a namespace that is being deleted',
    commands: applying,
    severity: 'error',
    advice: 'Wait until it is gone, then run again with --create-namespace.',
  },
  'version-not-served': {
    finds: 'a kind in a version that the API server does not serve',
    commands: applying,
    severity: 'error',
    remedy: 'Use a version that is served, or the release of the operator that brings yours.',
  },
  'kind-not-served': {
    finds: 'a kind that the API server does not know',
    commands: applying,
    severity: 'error',
    remedy: 'Install the operator that is named.',
  },
  forbidden: {
    finds: 'verbs that you may not use',
    commands: ['plan', 'apply', 'destroy', 'migrate', 'rollback'],
    warningWith: 'where the command works without them',
    remedy: 'Ask for the Role that `cdk8s-rhdh rights` prints for the command.',
  },
  'missing-reference': {
    finds:
      'a ConfigMap, Secret, claim, service account or storage class that is referred to and does not exist',
    commands: applying,
    severity: 'error',
    advice: 'Create it first, or add it to the bundle of this or an earlier stage.',
  },
  'unchecked-reference': {
    finds: 'an object that is referred to and that you may not read',
    commands: applying,
    severity: 'warning',
    remedy: 'Make sure that it exists.',
  },
  'plugin-without-checksum': {
    finds: 'a plugin without `integrity` whose checksum the operator does not know',
    commands: applying,
    severity: 'error',
    advice:
      "Write the z-stream of the operator in the app, as in RhdhRelease.V1_8.withZStream('1.8.7'), or the plugin's integrity.",
  },
  'field-conflict': {
    finds: 'fields that other managers own with other values',
    commands: applying,
    severity: 'error',
    advice: 'Take their values over into the bundle, or take the fields with --force-conflicts.',
  },
  'immutable-field': {
    finds: 'a change that Kubernetes forbids',
    commands: applying,
    severity: 'error',
    remedy: 'Undo the change, or take the way out that is told for this kind.',
  },
  admission: {
    finds: 'an object that an admission policy refuses',
    commands: applying,
    severity: 'error',
    remedy: 'Change what the policy names, or ask whoever is responsible for it.',
  },
  'invalid-object': {
    finds: 'an object that the API server rejects in a dry run',
    commands: applying,
    severity: 'error',
    remedy: 'Correct the field that is named.',
  },
  'local-database': {
    finds: "a hub on the operator's local database that the bundles would take away from its data",
    commands: ['plan', 'apply'],
    warningWith: 'with `--discard-local-database`',
    remedy: 'Move it with `cdk8s-rhdh migrate`, or begin with empty databases: --discard-local-database.',
  },
  'unchecked-local-database': {
    finds: 'a hub that may have data in a local database that you may not read',
    commands: ['plan', 'apply'],
    warningWith: 'with `--discard-local-database`',
    remedy: 'Ask for a Role with get on statefulsets.apps.',
  },
  'move-under-way': {
    finds: 'a namespace whose hub is being moved',
    commands: ['plan', 'apply'],
    severity: 'error',
    advice: 'Go on with `cdk8s-rhdh migrate`, or go back with `cdk8s-rhdh rollback`.',
  },
} as const satisfies Rules;

/** What stands in the way of a move, beside what stands in the way of applying. */
export const moveRules = {
  'no-migration': {
    finds: 'bundles without a Job that moves databases',
    commands: ['migrate', 'rollback'],
    severity: 'error',
    advice: 'Add a stage of kind MIGRATION with a DatabaseMigration to the app, and synthesize it again.',
  },
  'several-migrations': {
    finds: 'several Jobs that move databases',
    commands: ['migrate', 'rollback'],
    severity: 'error',
    advice: 'Synthesize each hub into a directory of its own, and move one after the other.',
  },
  'no-source-secret': {
    finds: "a Job that takes the old server's password from no Secret",
    commands: ['migrate', 'rollback'],
    severity: 'error',
    advice: 'Synthesize the migration with DatabaseMigration.',
  },
  'no-hub': {
    finds: 'no hub in the bundles after that of the Job',
    commands: ['migrate', 'rollback'],
    severity: 'error',
    advice: 'Put the hub on the new server into a stage of kind BACKSTAGE.',
  },
  'other-move': {
    finds: 'a move of another hub in the namespace',
    commands: ['migrate', 'rollback'],
    severity: 'error',
    advice: 'Go on with it, or go back from it, with the directory of its bundles.',
  },
  'no-source': {
    finds: 'a Secret of the old server that does not exist',
    commands: ['migrate'],
    severity: 'error',
    advice: 'If the hub was never on that server, there is nothing to move: use `cdk8s-rhdh apply`.',
  },
  'hub-elsewhere': {
    finds: 'a hub that does not exist, or does not use the old server',
    commands: ['migrate'],
    severity: 'error',
    advice: 'There is nothing to move: use `cdk8s-rhdh apply`.',
  },
  'other-platform': {
    finds: 'a SonataFlowPlatform of another name than that of the bundles',
    commands: ['migrate'],
    severity: 'error',
    advice: 'Give the platform of the bundles the same name: a namespace has one active platform.',
  },
  'knative-workflow': {
    finds: 'a workflow that starts when it is called',
    commands: ['migrate'],
    severity: 'warning',
    remedy: 'Nothing: it cannot write while the old server is read-only.',
  },
  gitops: {
    finds: 'Argo CD or Flux, which would turn back what the move does',
    commands: ['migrate'],
    warningWith: 'with `--gitops-paused`',
    remedy:
      'Pause its sync, run again with --gitops-paused, and commit the new bundles before you resume it.',
  },
} as const satisfies Rules;

/** What stands in the way of a deletion, beside what it may not. */
export const destroyRules = {
  'unmoved-data': {
    finds: 'a hub whose local database would lose its Secret with it',
    commands: ['destroy'],
    warningWith: 'with `--discard-local-database`',
    remedy: 'Move it with `cdk8s-rhdh migrate`, or throw its data away: --discard-local-database.',
  },
  'unfinished-move': {
    finds: 'a hub that is being moved',
    commands: ['destroy'],
    warningWith: 'with `--discard-local-database`',
    advice:
      'Finish it with `cdk8s-rhdh migrate`, or go back with `cdk8s-rhdh rollback`; to throw the local database’s data away: --discard-local-database.',
  },
  'other-hub': {
    finds: 'another hub in the namespace, which stays',
    commands: ['destroy'],
    severity: 'warning',
    remedy: 'Nothing, if it can do without the platforms that it loses.',
  },
  'not-confirmed': {
    finds: 'a deletion that nobody can be asked about',
    commands: ['destroy'],
    severity: 'error',
    advice: 'Look at --dry-run, then say --yes.',
  },
} as const satisfies Rules;

/** Every rule by its name: stable, for scripts. */
export const findingRules = { ...bundleRules, ...clusterRules, ...moveRules, ...destroyRules } as const;

export type RuleName = keyof typeof findingRules;
