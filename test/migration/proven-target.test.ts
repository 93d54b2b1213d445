import { Move } from './move';
import { fillSource } from './faults/databases';

const catalog = 'backstage_plugin_catalog';
const time = '[-0-9]+ [:0-9]+ UTC';

let move: Move;

beforeEach(async () => {
  move = await Move.start();
  fillSource(move, 1000);
  expect((await move.run()).result.outcome).toBe('proven');
});

afterEach(() => move.remove());

const stateOf = ({ result }: any) => result.databases.find(({ database }: any) => database === catalog);
const rowsIn = (server: Move['source']) => server.query('SELECT id FROM small ORDER BY id', catalog);

test('a copy that the hub lives on is left as it is and not compared; its proof and what was written since are told', async () => {
  const hub = move.target.session(catalog, 'hub');
  await hub.connected;
  move.target.query('INSERT INTO small VALUES (3, NULL), (4, NULL); DELETE FROM small WHERE id = 1', catalog);
  const run = await move.run();
  expect([run.code, run.result.outcome]).toEqual([0, 'written']);
  expect(stateOf(run)).toEqual({
    database: catalog,
    bytes: expect.any(Number),
    equal: null,
    provenAt: expect.stringMatching(`^${time}$`),
    written: 3,
  });
  expect(run.result.written).toEqual([
    { database: catalog, table: 'public.small', inserted: 2, updated: 0, deleted: 1 },
  ]);
  expect(run.result.findings).toContainEqual({
    level: 'notes',
    code: 'target/written',
    text: expect.stringMatching(
      `^Database "${catalog}" of the target was proven equal at ${time} and is in use since: 3 rows were written. It is left as it is, and not compared again.$`,
    ),
  });
  expect(run.text).toMatch(new RegExp(`^"${catalog}": proven at ${time}, 3 rows written since$`, 'm'));
  expect(rowsIn(move.target)).toEqual(['2', '3', '4']);
  expect(run.result.databases.map(({ equal }: any) => equal).sort()).toEqual([null, null, null]);
  await hub.end();
});

test('a copy that nobody wrote to, of a source that went on, is copied anew', async () => {
  move.source.query('INSERT INTO small VALUES (3, NULL)', catalog);
  const run = await move.run();
  expect([run.code, run.result.outcome, stateOf(run).equal]).toEqual([0, 'proven', true]);
  expect(run.result.findings).toEqual([
    {
      level: 'notes',
      code: 'target/older-copy',
      text: expect.stringMatching(
        `^Database "${catalog}" of the target is the copy of ${time}; the source was written to since and the copy was not, so it is copied anew.$`,
      ),
    },
  ]);
  expect(rowsIn(move.target)).toEqual(['1', '2', '3']);
  expect((await move.run()).result).toMatchObject({ outcome: 'proven', findings: [] });
});

test('a copy that was written to, of a source that went on, is refused and left as it is', async () => {
  move.source.query('INSERT INTO small VALUES (3, NULL)', catalog);
  move.target.query('INSERT INTO small VALUES (9, NULL)', catalog);
  for (const command of ['preflight', undefined]) {
    const { code, result } = await move.run({ command });
    expect([code, result.findings]).toEqual([
      2,
      [
        {
          level: 'refuses',
          code: 'target/older-copy',
          text: expect.stringMatching(
            `^Database "${catalog}" of the target is the copy of ${time}; the source was written to since, and the copy is in use or was written to as well \\(1 rows\\). It is left as it is: drop or rename it, and what was written to it is not in the new copy.$`,
          ),
        },
      ],
    ]);
  }
  expect(rowsIn(move.target)).toEqual(['1', '2', '9']);
});
