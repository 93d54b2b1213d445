import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from '../dump';
import { Move, type MoveOptions } from '../move';

const shapes = readFileSync(join(__dirname, 'shapes.sql'), 'utf8');
const name = `backstage_plugin_ "a" 'b' \\ c=d\n$(x) é`;

let move: Move;

beforeEach(async () => {
  move = await Move.start();
  move.source.query(`CREATE DATABASE "${name.replaceAll('"', '""')}"`);
  move.source.query(shapes, name);
  expect(() =>
    move.source.query('CREATE UNIQUE INDEX CONCURRENTLY invalid_id ON invalid (id)', name),
  ).toThrow('could not create unique index');
});

afterEach(() => move.remove());

const hub = { user: 'hub', password: 'hub' };

test.each<[string, MoveOptions]>([
  ['each table on its own', { env: { MOVE_BIG_TABLE_BYTES: '1' } }],
  ['all tables together', { env: { MOVE_BIG_TABLE_BYTES: '1000000000' } }],
  ['by a role that may create nothing but what is in a database of its own', { targetLogin: hub }],
])('a database of all shapes is equal in pg_dump, copied %s', async (_, options) => {
  if (options.targetLogin) {
    move.target.query(`CREATE ROLE hub LOGIN BYPASSRLS PASSWORD 'hub'`);
    move.target.query(`CREATE DATABASE "${name.replaceAll('"', '""')}" OWNER hub`);
  }
  const { result, output } = await move.run(options);
  expect(result).toMatchObject({
    outcome: 'proven',
    findings: expect.arrayContaining([
      {
        level: 'notes',
        code: 'source/invalid-index',
        text: `Index public.invalid_id of database ${name} is invalid, holds nothing that queries use, and is not copied.`,
      },
    ]),
    databases: [{ database: name, equal: true }],
  });
  expect(output).not.toContain('rror');
  expect((await move.run(options)).result).toMatchObject({ outcome: 'proven', databases: [{ equal: true }] });
  move.source.query('DROP INDEX invalid_id', name);
  move.source.query('UPDATE knex_migrations_lock SET is_locked = 0', name);
  const [source, target] = [dump(move.source, name), dump(move.target, name)];
  expect(target.schema).toBe(source.schema);
  expect(target.rows).toEqual(source.rows);
});
