import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from '../dump';
import { Move } from '../move';

const SHAPES = readFileSync(join(__dirname, 'shapes.sql'), 'utf8');
const NAME = `backstage_plugin_ "a" 'b' \\ c=d\n$(x) é`;

let move: Move;

beforeEach(async () => {
  move = await Move.start();
  move.source.query(`CREATE DATABASE "${NAME.replaceAll('"', '""')}"`);
  move.source.query(SHAPES, NAME);
  expect(() =>
    move.source.query('CREATE UNIQUE INDEX CONCURRENTLY invalid_id ON invalid (id)', NAME),
  ).toThrow('could not create unique index');
});

afterEach(() => move.remove());

test.each([
  ['each table on its own', '1'],
  ['all tables together', '1000000000'],
])('a database of all shapes is equal in pg_dump, copied %s', async (_, bigTableBytes) => {
  const { result, output } = await move.run({ env: { MOVE_BIG_TABLE_BYTES: bigTableBytes } });
  expect(result).toMatchObject({
    outcome: 'proven',
    findings: [
      {
        level: 'notes',
        code: 'source/invalid-index',
        text: `Index public.invalid_id of database ${NAME} is invalid, holds nothing that queries use, and is not copied.`,
      },
    ],
    databases: [{ database: NAME, equal: true }],
  });
  expect(output).not.toContain('rror');
  expect((await move.run()).result).toMatchObject({ outcome: 'proven', databases: [{ equal: true }] });
  move.source.query('DROP INDEX invalid_id', NAME);
  move.source.query('UPDATE knex_migrations_lock SET is_locked = 0', NAME);
  const [source, target] = [dump(move.source, NAME), dump(move.target, NAME)];
  expect(target.schema).toBe(source.schema);
  expect(target.rows).toEqual(source.rows);
});
