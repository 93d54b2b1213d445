import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databases, locale } from './dataset';
import { processorSecondsOf, Server } from './server';
import { stopwatch } from './stopwatch';
import type { Run, Way } from './way';

/**
 * Folders of the targets, removed when the benchmark ends and not before: ext4 passes over the inodes of files that were
 * removed in the last minutes, one by one, so removing a server slows down the next one, which makes as many.
 */
const targets = mkdtempSync(join(tmpdir(), 'bench-targets-'));
chmodSync(targets, 0o755);
process.on('exit', () => rmSync(targets, { recursive: true }));

/** Copies into a new, empty server, and fails when not every row is there afterwards. */
export async function measure(way: Way, source: Server): Promise<Run> {
  const folder = mkdtempSync(join(targets, 'target-'));
  const target = new Server(folder, await freePort(), locale());
  target.create();
  target.start();
  try {
    execFileSync('sync');
    const before = source.processorSeconds() + target.processorSeconds() + processorSecondsOf('self');
    const copied = await way.copy(source.port, target.port);
    const after = source.processorSeconds() + target.processorSeconds() + processorSecondsOf('self');
    compare(source, target, way);
    return { ...copied, processorSeconds: after - before };
  } finally {
    target.stop();
    emptyFiles(folder);
  }
}

function emptyFiles(folder: string): void {
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .forEach((entry) => truncateSync(join(entry.parentPath, entry.name)));
}

/** Copies the bytes of the source's folder: what no copy can be faster than on this disk. */
export function measureFloor(source: Server): number {
  const folder = mkdtempSync(join(tmpdir(), 'bench-floor-'));
  execFileSync('sync');
  const elapsed = stopwatch();
  execFileSync('cp', ['--archive', source.data, folder]);
  const seconds = elapsed();
  rmSync(folder, { recursive: true });
  return seconds;
}

const counts = `
  SELECT format('%s.%s %s', n.nspname, relname, (xpath('/row/count/text()', query_to_xml(format('SELECT count(*) FROM %s', c.oid::regclass), false, true, '')))[1])
  FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
  WHERE relkind = 'r' AND nspname NOT IN ('pg_catalog', 'information_schema', 'cdk8s_rhdh')
  UNION ALL
  SELECT format('%s %s', schemaname, indexname) FROM pg_indexes WHERE schemaname NOT IN ('pg_catalog', 'cdk8s_rhdh')
  ORDER BY 1`;

function compare(source: Server, target: Server, { name }: Way): void {
  for (const database of databases) {
    const [wanted, got] = [source, target].map((server) => server.query(counts, database).join('\n'));
    if (got !== wanted) throw new Error(`After ${name}, ${database} has\n${got}\nand not\n${wanted}`);
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
