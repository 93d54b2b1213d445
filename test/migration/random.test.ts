import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { folderOf } from '../postgres/majors';
import { PostgresServer, superuserPassword } from '../postgres/server';
import { dump } from './dump';
import { Move } from './move';
import { randomDatabase } from './random/database';

/** Databases of each pair of majors. More can be asked for, to look longer. */
const databases = Number(process.env.RANDOM_DATABASES ?? 3);
const firstSeed = Number(process.env.RANDOM_SEED ?? 1);

const seeds = Array.from({ length: databases }, (_, index) => firstSeed + index);
const nameOf = (seed: number) => `backstage_plugin_${seed}`;

let move: Move;

afterEach(() => move.remove());

const of = (major: 16 | 17 | 18) => () =>
  PostgresServer.create(undefined, { bin: join(folderOf(major), 'bin') });

/** Views of the server that tell of a database, and nothing of the roles and files that it has. */
const views = [
  'domains',
  'domain_constraints',
  'attributes',
  'sequences',
  'routines',
  'parameters',
  'triggers',
  'check_constraints',
  'referential_constraints',
  'key_column_usage',
  'collations',
].map((name) => `information_schema.${name}`);

/** What a server says itself of a database, by views that nothing of the move reads. */
function describe(server: PostgresServer, database: string): string[] {
  const statements = [
    ...views.map(
      (view) => `SELECT '${view}', to_jsonb(v) - '{specific_name,specific_schema}'::text[] FROM ${view} v`,
    ),
    // The views of the standard ask a foreign table's wrapper, which may have no handler.
    `SELECT 'relation', oid::regclass, relkind, relpersistence, reloptions, relreplident, relrowsecurity, relforcerowsecurity FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND oid >= 16384`,
    `SELECT 'column', attrelid::regclass, row_number() OVER (PARTITION BY attrelid ORDER BY attnum), attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, attcollation::regcollation, pg_get_expr(adbin, adrelid)
     FROM pg_attribute JOIN pg_class c ON c.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND attrelid >= 16384`,
    `SELECT 'index', schemaname, tablename, indexdef FROM pg_indexes`,
    `SELECT 'policy', p FROM pg_policies p`,
    `SELECT 'rule', r FROM pg_rules r`,
    `SELECT 'view', schemaname, viewname, definition FROM pg_views`,
    `SELECT 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint`,
    `SELECT 'trigger', tgrelid::regclass, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal`,
    `SELECT 'large object', oid, md5(lo_get(oid)) FROM pg_largeobject_metadata`,
  ];
  return (
    server
      .query(`SET search_path = ''; ${statements.join(';')}`, database)
      .filter(
        (line) =>
          !/cdk8s_rhdh|^(index|view|rule|constraint|trigger)\|(pg_catalog|information_schema|pg_toast)|"(table|constraint|routine|domain|collation|specific)_schema": "(information_schema|pg_catalog)"/.test(
            line,
          ),
      )
      // Names that the server makes of numbers of objects.
      .map((line) => line.replaceAll(database, 'database').replaceAll(/\d+_\d+_(\d+_not_null)/g, '$1'))
      .sort()
  );
}

/** Restores the database as pg_dump and psql alone do it. */
function restorePlainly(database: string): string {
  const copy = `${database}_plain`;
  const connection = (server: PostgresServer) => [
    '-h',
    '127.0.0.1',
    '-p',
    String(server.port),
    '-U',
    'postgres',
  ];
  const env = { PATH: process.env.PATH, PGPASSWORD: superuserPassword };
  const dumped = execFileSync(
    '/usr/lib/postgresql/15/bin/pg_dump',
    [...connection(move.source), '--no-owner', '--no-publications', database],
    { env, encoding: 'utf8', maxBuffer: 2 ** 30 },
  );
  move.target.query(`CREATE DATABASE "${copy}" TEMPLATE template0`);
  move.target.query(dumped.replaceAll(/^\\(un)?restrict .*$/gm, ''), copy);
  return copy;
}

test.each<[string, () => Promise<PostgresServer>]>([
  ['15', () => PostgresServer.create()],
  ['16', of(16)],
  ['17', of(17)],
  ['18', of(18)],
])(
  'random databases are proven from PostgreSQL 15 to %s, and random changes are found',
  async (major, target) => {
    move = await Move.start(target);
    const databases = seeds.map((seed) => ({
      name: nameOf(seed),
      ...randomDatabase(seed, nameOf(seed)),
    }));
    for (const { name, sql } of databases) {
      move.source.query(`CREATE DATABASE ${name}`);
      move.source.query(sql, name);
    }
    const { result, report } = await move.run();
    expect(report?.databases.flatMap(({ differences }: any) => differences)).toEqual([]);
    expect(result.outcome).toBe('proven');
    for (const { name } of databases) {
      if (major === '15') {
        const [source, copy] = [dump(move.source, name), dump(move.target, name)];
        expect(copy.schema).toBe(
          source.schema.replaceAll(/^--\n-- Name: .*; Type: (PUBLICATION|COMMENT); [^]*?\n\n\n/gm, (text) =>
            text.includes('PUBLICATION') ? '' : text,
          ),
        );
        expect(copy.rows).toEqual(source.rows);
      } else {
        const plain = restorePlainly(name);
        const [moved, restored] = [describe(move.target, name), describe(move.target, plain)];
        expect(moved.length).toBeGreaterThan(500);
        expect(moved.filter((line) => !restored.includes(line))).toEqual([]);
        expect(restored.filter((line) => !moved.includes(line))).toEqual([]);
        move.target.query(`DROP DATABASE ${plain}`);
      }
    }

    for (const { name, changes } of databases) {
      for (const { sql } of changes) move.target.query(`SET search_path = public; ${sql}`, name);
    }
    const changed = await move.run();
    expect(changed.result.outcome).toBe('unequal');
    const missed = databases.flatMap(({ name, changes }) => {
      const { differences } = changed.report!.databases.find(({ database }: any) => database === name);
      return changes.filter(
        (change) =>
          !differences.some(({ what, text }: any) =>
            change.what === 'rows'
              ? what === 'rows' && JSON.parse(text).table === change.name
              : what === 'catalog' && text.includes(change.name),
          ),
      );
    });
    expect(missed).toEqual([]);
  },
);
