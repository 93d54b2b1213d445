import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { standInPostgres } from './stand-in-postgres';
import { constructArguments } from '../api/arguments';
import { enforce } from '../rules/rule';
import { createJob } from './script-job';
import { literalVariable } from './literal-variable';
import type { IPostgres } from './postgres';
import { createDatabaseRules } from './rules';

/** Properties of {@link CreateDatabase}. */
export interface CreateDatabaseProps {
  /** The server. */
  readonly postgres: IPostgres;

  /** Name of the database. */
  readonly databaseName: string;

  /** Name of the Job. */
  readonly jobName: string;

  /**
   * Image of the Job; needs bash and PostgreSQL's client tools.
   * @default - the client image of the server
   */
  readonly image?: string;
}

/**
 * Waits for the server, then creates the database unless it exists. A login that may connect to no other database
 * learns from this one that it is there; only to create it another is needed. The name reaches psql as a variable and is
 * quoted by it. A concurrent creation by somebody else is success too. While it waits, each line says what psql
 * says: a server that cannot be reached for its TLS looks as if it were not there to pg_isready.
 */
const script = `set -euo pipefail
export PGCONNECT_TIMEOUT=5 PGDATABASE=$DATABASE_NAME
query() { psql --no-psqlrc --no-password -Atq -v ON_ERROR_STOP=1 -v name="$DATABASE_NAME" <<< "$1"; }
exists() { query "SELECT 1 FROM pg_database WHERE datname = :'name'"; }
until pg_isready --quiet; do
  echo "Waiting for PostgreSQL at $PGHOST:$PGPORT: $(query ';' 2>&1 || true)"
  sleep 2
done
if query ';' > /dev/null 2>&1; then
  echo "Database $DATABASE_NAME exists already"
  exit 0
fi
PGDATABASE=$MAINTENANCE_DATABASE
found=$(exists)
if [ -n "$found" ]; then
  echo "Database $DATABASE_NAME exists already"
elif answer=$(query 'CREATE DATABASE :"name"' 2>&1); then
  echo "Database $DATABASE_NAME created"
elif [ -n "$(exists)" ]; then
  echo "Database $DATABASE_NAME was created by somebody else meanwhile"
else
  echo "Database $DATABASE_NAME was not created: $answer" >&2
  exit 1
fi
`;

/**
 * A Job that creates a database, for those that nothing else creates: Backstage makes the databases of its
 * plugins itself, SonataFlow and Lightspeed do not.
 */
export class CreateDatabase extends Construct {
  /** Name of the database. */
  readonly databaseName: string;
  /** Name of the Job. */
  readonly jobName: string;

  constructor(scope: Construct, id: string, props: CreateDatabaseProps) {
    const checked = constructArguments('CreateDatabase', scope, id, props, () => ({
      postgres: standInPostgres(),
      databaseName: 'unknown',
      jobName: 'unknown',
    }));
    super(scope, checked.id);
    checked.reportAt(this, CreateDatabase);
    props = checked.props;
    this.databaseName = props.databaseName;
    this.jobName = props.jobName;
    const connection = props.postgres.jobEnvironment();
    this.node.defaultChild = createJob(this, 'job', {
      name: props.jobName,
      image: props.image ?? props.postgres.clientImage,
      container: 'psql',
      script,
      ...connection,
      env: [
        ...connection.env,
        literalVariable('MAINTENANCE_DATABASE', props.postgres.maintenanceDatabase ?? 'postgres'),
        literalVariable('DATABASE_NAME', props.databaseName),
      ],
    });
    enforce(this, createDatabaseRules, () => ({
      ...props,
      job: this,
      namespace: Chart.of(this).namespace,
    }));
  }
}
