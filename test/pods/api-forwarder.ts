import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';

/** Makes the API server, which listens on the loopback interface, reachable as `<address>:443`. */
export async function forwardToApiServer(server: string, address: string): Promise<Server> {
  const { hostname, port } = new URL(server);
  const forwarder = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    client.pipe(upstream).pipe(client);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  });
  forwarder.listen(443, address);
  await once(forwarder, 'listening');
  return forwarder;
}
