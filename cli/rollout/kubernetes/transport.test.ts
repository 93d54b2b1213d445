import { once } from 'node:events';
import { Agent, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { noConnection } from '../../../test/unit/no-connection';
import { Transport } from './transport';

test("the server's clock is read from its answers, however far this machine's is off", async () => {
  const anHour = 3_600_000;
  const server = createServer((_, response) => {
    response.setHeader('Date', new Date(Date.now() + anHour).toUTCString()).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const transport = new Transport({
    ...noConnection,
    server: `http://127.0.0.1:${port}`,
    credentials: () => Promise.resolve({ headers: {}, agent: new Agent() }),
  });

  await transport.send({ method: 'GET', path: '/version' });

  expect(Math.abs(transport.serverTime - Date.now() - anHour)).toBeLessThan(60_000);
  server.close();
});
