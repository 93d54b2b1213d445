import { PostgresServer } from '../postgres/server';
import { Move } from './move';

const database = 'backstage_plugin_app';

let move: Move;

afterEach(() => move.remove());

/** A server with a database, which is stopped so that its files can be copied. */
async function filled(): Promise<PostgresServer> {
  const server = await PostgresServer.create();
  await server.start();
  server.query(`CREATE DATABASE ${database}`);
  server.query('CREATE TABLE people AS SELECT 1 AS id', database);
  await server.stop();
  return server;
}

test('a clone of the files of the source is another server', async () => {
  const source = await filled();
  const clone = await source.clone();
  move = await Move.start(
    async () => clone,
    async () => source,
  );
  move.target.query(`DROP DATABASE ${database}`);
  const { result, output } = await move.run();
  expect({ outcome: result.outcome, output }).toEqual({ outcome: 'proven', output });
  expect(move.target.query('TABLE people', database)).toEqual(['1']);
});

test('a server under another address is the same one', async () => {
  const source = await filled();
  move = await Move.start(undefined, async () => source);
  const { code, result } = await move.run({
    env: { TARGET_HOST: 'localhost', TARGET_PORT: String(source.port) },
  });
  expect([code, result.findings]).toEqual([
    2,
    expect.arrayContaining([
      { level: 'refuses', code: 'target/same-server', text: 'Source and target are the same server.' },
    ]),
  ]);
});

test.each(['source', 'target'] as const)('a standby as %s is refused', async (side) => {
  const primary = await filled();
  const standby = await primary.clone({ standby: true });
  if (side === 'source') await primary.remove();
  move = await Move.start(
    async () => (side === 'target' ? standby : PostgresServer.create()),
    async () => (side === 'source' ? standby : primary),
  );
  for (const command of ['preflight', undefined]) {
    const { code, result } = await move.run({ command });
    expect([code, result.findings.map((finding: any) => finding.code)]).toEqual([
      2,
      expect.arrayContaining([`${side}/standby`]),
    ]);
  }
});
