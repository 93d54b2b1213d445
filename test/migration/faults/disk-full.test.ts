import { PostgresServer } from '../../postgres/server';
import { Move } from '../move';
import { expectEqualDatabases, fillSource } from './databases';

const mib = 2 ** 20;

let move: Move;

beforeEach(async () => {
  move = await Move.start(() => PostgresServer.create(undefined, { diskBytes: 80 * mib }));
  fillSource(move);
});

afterEach(() => move.remove());

test('a target that runs out of disk fails the run in its own words; with more disk the next one is proven', async () => {
  // Who may not look at the volume learns of it in the middle.
  const targetLogin = { user: 'hub', password: 'p' };
  move.target.query("CREATE ROLE hub LOGIN CREATEDB PASSWORD 'p'");
  const { code, result } = await move.run({ targetLogin });
  expect([code, result.outcome]).toEqual([1, 'failed']);
  expect(JSON.stringify(result.findings)).toMatch(/No space left on device|server closed the connection/);
  expect(result.databases.map(({ equal }: any) => equal)).not.toContain(false);
  move.target.resizeDisk(1024 * mib);
  // Where there is no room for the log, the server stops by itself.
  await move.target.stop();
  await move.target.start();
  expect((await move.run({ targetLogin })).result.outcome).toBe('proven');
  expectEqualDatabases(move);
});
