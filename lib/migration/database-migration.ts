import { Chart, Duration, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { standInPostgres } from '../database/stand-in-postgres';
import { constructArguments } from '../api/arguments';
import { noteMigration } from '../database/hubs-on-server';
import { createJob } from '../database/script-job';
import { literalVariable } from '../database/literal-variable';
import type { IPostgres } from '../database/postgres';
import { enforce } from '../rules/rule';
import { warnLater } from '../rules/warning';
import { copiedDatabases, copiedWarnings, maintenanceDatabases, statedDatabases } from './copied-databases';
import { type DatabaseMapping, mappingLines } from './database-mapping';
import { ProofExtent } from './proof-extent';
import { migrationRules } from './rules';
import { scriptFiles } from './scripts';
import { serverEnvironment } from './server-environment';
import { moveLabel } from '../operators/marks';

/** Properties of {@link DatabaseMigration}. */
export interface DatabaseMigrationProps {
  /** The server that the data is on now; nothing is changed there. */
  readonly source: IPostgres;

  /** The server that the data goes to. Its login owns the databases that are made. */
  readonly target: IPostgres;

  /**
   * Name of the move: its Job is `migrate-databases-<name>`. The name of the hub is a good one.
   */
  readonly name: string;

  /**
   * What the names of the hub's databases begin with in the source.
   * @default - what the hub of the app that is connected to `target` will open, by its configuration
   *   (`backend.database`: `prefix`, names of plugins' databases, the one database of `pluginDivisionMode: schema`);
   *   'backstage_plugin_' where the app has no such hub
   */
  readonly databasePrefix?: string;

  /**
   * Databases to be copied beside those of the hub's plugins, `rhdh-ls` (Lightspeed), `backstage_plugin_orchestrator` and
   * `sonataflow`. In a pattern `*` stands for any characters and `?` for one. A name that is not there is refused, so that a
   * misspelt one is not missed; a pattern that matches nothing is noted.
   * @default - no others
   */
  readonly include?: string[];

  /**
   * Databases not to be copied; patterns as in `include`.
   * @default - none
   */
  readonly exclude?: string[];

  /**
   * Databases and schemas that get other names in the target: from a database a plugin to a schema a plugin of one
   * database (`pluginDivisionMode: schema`) or back, or from the orchestrator's database of Helm to the operator's.
   * What is mapped is copied without being in `include`.
   * @default - every database keeps its name and schemas
   */
  readonly mappings?: DatabaseMapping[];

  /**
   * Number of tables that are copied, indexes that are built and proofs that are made at the same time. Each takes two
   * connections to each server, and each database one more to the source.
   * @default - 3, or fewer where one of the two servers has no connections for more
   */
  readonly workers?: number;

  /**
   * How much of each table is compared before the copy counts as proven. `cdk8s-rhdh migrate --prove` can say otherwise.
   * @default ProofExtent.FULL
   */
  readonly proof?: ProofExtent;

  /**
   * Whether the preflight tries at the target what the databases are made of, before the hub is stopped: without their
   * rows, in databases of its own that it drops again, or in a transaction that it rolls back. That finds what the target's
   * login may not do, and takes some seconds a database and 8 MB for as long.
   * @default true
   */
  readonly trial?: boolean;

  /**
   * Image of the Job: bash, curl, and PostgreSQL's client tools of a major version that is neither older than the
   * source nor newer than the target.
   * @default - the client image of the target
   */
  readonly image?: string;

  /**
   * When the Job is given up. It can be run again: what is proven by then is kept.
   * @default Duration.hours(24)
   */
  readonly deadline?: Duration;

  /**
   * Memory that the Job may take. It does not grow with the databases, but PostgreSQL's clients hold a row as a whole:
   * where rows have more than 50 MiB (files that a plugin stores, say), allow three times the largest for each worker.
   * A Job with too little is killed, and can be run again with more.
   * @default Size.mebibytes(256)
   */
  readonly memory?: Size;
}

/** Where the container finds the scripts. */
const scriptsDirectory = '/opt/cdk8s-rhdh';

/** Exit codes of the scripts for what another try would not change: findings, and a copy that is not equal. */
const finalExitCodes = [2, 3];

/** Commands whose report has a ConfigMap of its own; the report of `copy` has the name alone. */
const commandsWithReport = ['preflight', 'fence', 'unfence', 'sessions', 'written'];

/**
 * A Job that copies the databases of a hub from one server to another and proves both equal. It looks at everything
 * first and refuses before it writes; data that it did not write is never touched; it can be run again after
 * success, failure and a kill. The report is in ConfigMap `migrate-databases-<name>`.
 */
export class DatabaseMigration extends Construct {
  /** Name of the Job, its account and the ConfigMap of its report. */
  readonly jobName: string;

  /** @internal */
  readonly _source: IPostgres;
  /** @internal */
  readonly _target: IPostgres;
  /**
   * Which databases of the source are copied; empty where it is all of them.
   * @internal
   */
  readonly _choice: Pick<DatabaseMigrationProps, 'databasePrefix' | 'include' | 'exclude' | 'mappings'>;

  constructor(scope: Construct, id: string, props: DatabaseMigrationProps) {
    const checked = constructArguments('DatabaseMigration', scope, id, props, () => ({
      source: standInPostgres(),
      target: standInPostgres(),
      name: 'unknown',
    }));
    super(scope, checked.id);
    checked.reportAt(this, DatabaseMigration);
    props = checked.props;
    this._source = props.source;
    this._target = props.target;
    const { databasePrefix, include, exclude, mappings } = props;
    this._choice = { databasePrefix, include, exclude, mappings };
    this.jobName = `migrate-databases-${props.name}`;
    const labels = { [moveLabel]: props.name };
    this.createAccount(labels);
    const scripts = `${this.jobName}-scripts`;
    new k8s.KubeConfigMap(this, 'scripts', { metadata: { name: scripts, labels }, data: { ...scriptFiles } });
    const servers = [serverEnvironment(props.source, 'source'), serverEnvironment(props.target, 'target')];
    const memory = (props.memory ?? Size.mebibytes(256)).toMebibytes();
    createJob(this, 'job', {
      name: this.jobName,
      labels,
      image: props.image ?? props.target.clientImage,
      container: 'migrate',
      serviceAccountName: this.jobName,
      script: `exec bash ${scriptsDirectory}/move.sh`,
      deadlineSeconds: (props.deadline ?? Duration.hours(24)).toSeconds(),
      podFailurePolicy: {
        rules: [
          {
            action: 'FailJob',
            onExitCodes: { containerName: 'migrate', operator: 'In', values: finalExitCodes },
            // Required by the type, and only one of the two may be given.
            onPodConditions: undefined as never,
          },
        ],
      },
      resources: {
        requests: {
          cpu: k8s.Quantity.fromString('500m'),
          memory: k8s.Quantity.fromString(`${Math.min(memory, 128)}Mi`),
        },
        limits: { memory: k8s.Quantity.fromString(`${memory}Mi`) },
      },
      lateEnv: [
        () => literalVariable('MOVE_INCLUDE', copiedDatabases(props).join('\n')),
        () => literalVariable('TARGET_MAINTENANCE_DATABASE', maintenanceDatabases(props).join('\n')),
      ],
      env: [
        { name: 'MOVE_COMMAND', value: 'copy' },
        { name: 'MOVE_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
        { name: 'MOVE_INCLUDE' },
        literalVariable('MOVE_EXPECTED', statedDatabases(props).join('\n')),
        literalVariable('MOVE_EXCLUDE', (props.exclude ?? []).join('\n')),
        literalVariable('MOVE_MAPPINGS', mappingLines(props.mappings ?? [])),
        { name: 'MOVE_WORKERS', value: String(props.workers ?? '') },
        { name: 'MOVE_PROOF', value: props.proof ?? ProofExtent.FULL },
        { name: 'MOVE_TRIAL', value: props.trial === false ? 'off' : 'on' },
        { name: 'REPORT_CONFIG_MAP', value: this.jobName },
        { name: 'KUBERNETES_API', value: 'https://kubernetes.default.svc' },
        ...servers.flatMap(({ env }) => env),
      ],
      volumes: [
        { name: 'scripts', configMap: { name: scripts } },
        ...servers.flatMap(({ volumes }) => volumes),
      ],
      volumeMounts: [
        { name: 'scripts', mountPath: scriptsDirectory, readOnly: true },
        ...servers.flatMap(({ volumeMounts }) => volumeMounts),
      ],
    });
    noteMigration(props.target);
    warnLater(this, () => copiedWarnings(props));
    enforce(this, migrationRules, () => ({ ...props, job: this, namespace: Chart.of(this).namespace }));
  }

  /** An account that may write the reports and nothing else; `create` cannot be limited to names. */
  private createAccount(labels: { [key: string]: string }): void {
    const name = this.jobName;
    const metadata = { name, labels };
    const reports = [name, ...commandsWithReport.map((command) => `${name}-${command}`)];
    new k8s.KubeServiceAccount(this, 'service-account', { metadata });
    new k8s.KubeRole(this, 'role', {
      metadata,
      rules: [
        { apiGroups: [''], resources: ['configmaps'], verbs: ['create'] },
        { apiGroups: [''], resources: ['configmaps'], resourceNames: reports, verbs: ['get', 'patch'] },
      ],
    });
    new k8s.KubeRoleBinding(this, 'role-binding', {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name }],
    });
  }
}
