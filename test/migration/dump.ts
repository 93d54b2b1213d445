import { execFileSync } from 'node:child_process';
import { type PostgresServer, superuserPassword } from '../postgres/server';

const pgDump = '/usr/lib/postgresql/15/bin/pg_dump';

/** What pg_dump writes of a database, without the mark of the move: all definitions, and one sorted line a row. */
export function dump(server: PostgresServer, database: string): { schema: string; rows: string[] } {
  const env = {
    PATH: process.env.PATH,
    PGPASSWORD: superuserPassword,
    PGHOST: '127.0.0.1',
    PGPORT: String(server.port),
    PGUSER: 'postgres',
    PGDATABASE: database,
    PGOPTIONS: '-c row_security=off',
  };
  const run = (...options: string[]) =>
    execFileSync(pgDump, ['--exclude-schema=cdk8s_rhdh', '--no-owner', ...options], {
      env,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      stdio: 'pipe',
    }).replaceAll(/^\\(un)?restrict .*$/gm, '');
  return {
    schema: run('--schema-only'),
    rows: run('--data-only', '--column-inserts').split('\n').sort(),
  };
}
