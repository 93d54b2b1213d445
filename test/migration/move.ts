import {
  DatabaseMigration,
  type DatabaseMigrationProps,
  ExternalPostgres,
  PostgresAddress,
  PostgresTls,
  type Stage,
  StageKind,
} from '../../lib';
import { ObjectsApi } from '../jobs/objects-api';
import { type PodResult, runJob, type Surroundings } from '../jobs/pod';
import { PostgresServer, superuserPassword } from '../postgres/server';
import { requirePrograms } from '../programs';
import { objectOf, stageOf } from '../unit/stage';

requirePrograms({
  psql: 'postgresql-client-15',
  pg_dump: 'postgresql-client-15',
  pg_restore: 'postgresql-client-15',
  curl: 'curl',
});

type Json = Record<string, any>;

/** How a run of the Job ended. */
export interface MoveResult extends PodResult {
  /** The last line. */
  readonly result: Json;
  /** The report in the ConfigMap; none where none was written. */
  readonly report?: Json;
  readonly text?: string;
}

/** What a test may say of a run. */
export interface MoveOptions {
  readonly props?: Partial<DatabaseMigrationProps>;
  readonly command?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly started?: Surroundings['started'];
  readonly watchArguments?: boolean;
  /** Who logs in to a server; the superuser where nothing is said. */
  readonly sourceLogin?: Login;
  readonly targetLogin?: Login;
}

/** A role and its password. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

const superuser: Login = { user: 'postgres', password: superuserPassword };

/** Two servers and an API, and the Job of the move between them. */
export class Move {
  /** Servers are PostgreSQL 15 unless the test makes another. */
  static async start(
    newTarget = () => PostgresServer.create(),
    newSource = () => PostgresServer.create(),
  ): Promise<Move> {
    const [source, target] = await Promise.all([newSource(), newTarget()]);
    await Promise.all([source.start(), target.start()]);
    return new Move(source, target, await ObjectsApi.start());
  }

  private constructor(
    readonly source: PostgresServer,
    readonly target: PostgresServer,
    readonly api: ObjectsApi,
  ) {}

  /** Runs the Job of the bundle to its end. */
  async run({
    props,
    command,
    env,
    started,
    watchArguments = false,
    sourceLogin = superuser,
    targetLogin = superuser,
  }: MoveOptions = {}): Promise<MoveResult> {
    const stage = stageOf(StageKind.MIGRATION);
    const migration = new DatabaseMigration(stage, 'migration', {
      name: 'hub',
      source: server(stage, 'source', this.source),
      target: server(stage, 'target', this.target),
      ...props,
    });
    const scripts = objectOf(stage, 'ConfigMap');
    const run = await runJob(objectOf(stage, 'Job'), {
      namespace: 'rhdh',
      secrets: { source: secretOf(sourceLogin), target: secretOf(targetLogin) },
      configMaps: { [scripts.metadata.name]: scripts.data },
      serviceAccount: { token: 'token-of-the-account', 'ca.crt': this.api.certificate },
      env: {
        KUBERNETES_API: this.api.url,
        MOVE_PATIENCE_SECONDS: '1',
        ...(command === undefined ? {} : { MOVE_COMMAND: command }),
        ...env,
      },
      started,
      watchArguments,
    });
    const name = `rhdh/${migration.jobName}${command === undefined ? '' : `-${command}`}`;
    const data = this.api.configMaps.get(name)?.data;
    return {
      ...run,
      result: lastLine(run.output),
      report: data === undefined ? undefined : JSON.parse(data['report.json']),
      text: data?.['report.txt'],
    };
  }

  async remove(): Promise<void> {
    await Promise.all([this.source.remove(), this.target.remove(), this.api.stop()]);
  }
}

const secretOf = ({ user, password }: Login) => ({ POSTGRES_USER: user, POSTGRES_PASSWORD: password });

function server(stage: Stage, side: string, postgres: PostgresServer): ExternalPostgres {
  return ExternalPostgres.fromSecret(stage, side, {
    address: PostgresAddress.fromHost('127.0.0.1', postgres.port),
    tls: PostgresTls.disable(),
    secretName: side,
  });
}

function lastLine(output: string): Json {
  const line = output.trimEnd().split('\n').at(-1) ?? '';
  try {
    return JSON.parse(line) as Json;
  } catch {
    return { noJson: line };
  }
}
