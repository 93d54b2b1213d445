import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderOf, newerMajors } from '../postgres/majors';
import { PostgresServer } from '../postgres/server';
import { Move } from './move';

const shapes = readFileSync(join(__dirname, 'faults', 'shapes.sql'), 'utf8');
const database = 'backstage_plugin_shapes';

const serverOf = (folder: string) => () => PostgresServer.create(undefined, { bin: join(folder, 'bin') });

/** Every row of every table, as text, sorted; written by nothing of the move. */
function rowsOf(server: PostgresServer): string[] {
  const statements = server.query(
    `SELECT format('SELECT %L || t::text FROM %s%s AS t;', c.oid::regclass || ' ', CASE relkind WHEN 'p' THEN '' ELSE 'ONLY ' END, c.oid::regclass)
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE relkind IN ('r', 'm', 'p') AND NOT relispartition AND relispopulated AND nspname NOT IN ('pg_catalog', 'information_schema', 'cdk8s_rhdh')`,
    database,
  );
  return server
    .query(`SET row_security = off; SET TimeZone = 'UTC'; ${statements.join('\n')}`, database)
    .sort();
}

let move: Move;

afterEach(() => move.remove());

test.each(newerMajors)('a database of all shapes is copied from PostgreSQL 15 to %s', async (major) => {
  move = await Move.start(serverOf(folderOf(major)));
  expect(move.target.query('SHOW server_version')[0]).toMatch(new RegExp(`^${major}\\.`));
  move.source.query(`CREATE DATABASE ${database}`);
  move.source.query(shapes, database);
  const { result, report } = await move.run();
  expect(report?.databases.map(({ differences }: any) => differences)).toEqual([[]]);
  const newerExtension = {
    level: 'notes',
    code: 'target/extension-version',
    text: `Extension "citext" of database "${database}" is version 1.6 in the source, and the target makes version 1.8.`,
  };
  const findings = Number(major) === 18 ? [newerExtension] : [];
  expect(result).toMatchObject({ outcome: 'proven', findings, databases: [{ equal: true }] });
  move.source.query('UPDATE knex_migrations_lock SET is_locked = 0', database);
  expect(rowsOf(move.target)).toEqual(rowsOf(move.source));
});

test('an extension that the target does not have', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postgresql-'));
  try {
    cpSync(folderOf(16), folder, { recursive: true, verbatimSymlinks: true });
    chmodSync(folder, 0o755);
    rmSync(join(folder, 'share', 'postgresql', 'extension', 'pg_trgm.control'));
    move = await Move.start(serverOf(folder));
    move.source.query(`CREATE DATABASE ${database}`);
    move.source.query('CREATE EXTENSION pg_trgm; CREATE EXTENSION citext', database);
    const { result } = await move.run();
    expect(result).toEqual({
      command: 'copy',
      outcome: 'refused',
      findings: [
        {
          level: 'refuses',
          code: 'target/extension',
          text: `Extension "pg_trgm" of database "${database}" is not available in the target: install its package there.`,
        },
      ],
      databases: [],
    });
    expect(move.target.databases()).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a target older than the source', async () => {
  move = await Move.start(undefined, serverOf(folderOf(16)));
  move.source.query(`CREATE DATABASE ${database}`);
  const { result } = await move.run();
  expect(result).toEqual({
    command: 'copy',
    outcome: 'refused',
    findings: [
      {
        level: 'refuses',
        code: 'target/version',
        text: 'The target is PostgreSQL 15 and the source 16; a copy cannot go back to an older major version, so take a target of 16 or newer.',
      },
    ],
    databases: [],
  });
  expect(move.target.databases()).toEqual([]);
});
