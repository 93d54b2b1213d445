import { Move } from '../move';
import { fillSource, states } from './databases';

const catalog = 'backstage_plugin_catalog';

let move: Move;

beforeEach(async () => {
  move = await Move.start();
  fillSource(move, 1000);
  expect((await move.run()).result.outcome).toBe('proven');
});

afterEach(() => move.remove());

test.each([
  ['a row more', `INSERT INTO small VALUES (99, NULL)`, 'rows', `SELECT count(*) FROM small`, '3'],
  ['a row less', `DELETE FROM small WHERE id = 2`, 'rows', `SELECT count(*) FROM small`, '1'],
  [
    'another value',
    `UPDATE small SET at = '2021-01-01Z' WHERE id = 2`,
    'rows',
    `SELECT at FROM small WHERE id = 2`,
    '2021-01-01 00:00:00+00',
  ],
  [
    'another definition',
    `ALTER TABLE small ADD COLUMN mine int`,
    'catalog',
    `SELECT count(mine) FROM small`,
    '0',
  ],
  [
    'an index less',
    `DROP INDEX entities_name`,
    'catalog',
    `SELECT to_regclass('entities_name') IS NULL`,
    't',
  ],
  [
    'a sequence that went on',
    `SELECT nextval('entities_id_seq')`,
    'catalog',
    `SELECT last_value FROM entities_id_seq`,
    '1001',
  ],
  [
    'a large object that changed',
    `SELECT lo_put(7, 0, 'X')`,
    'rows',
    `SELECT convert_from(lo_get(7), 'UTF8')`,
    'X large object',
  ],
])(
  'a target that was written to after the proof is unequal and stays as it is: %s',
  async (_, sql, what, query, value) => {
    move.target.query(`SET TimeZone = 'UTC'; ${sql}`, catalog);
    const { code, result, report } = await move.run();
    expect([code, result.outcome]).toEqual([3, 'unequal']);
    const differences = report?.databases.find(({ database }: any) => database === catalog)?.differences;
    expect(differences.map((difference: any) => difference.what)).toContain(what);
    expect(move.target.query(`SET TimeZone = 'UTC'; ${query}`, catalog).at(-1)).toBe(value);
    expect(states(move)).toContain(`${catalog} proven`);
  },
);
