import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { Server } from './server';

const sql = join(__dirname, 'dataset');
/** Outlives a restart, and the user postgres reaches it, which a home it does not. */
const cache = '/var/tmp/cdk8s-rhdh-bench-migration';

/** The databases of a hub; those without a file of their own have what every plugin has. */
export const databases = [
  'app',
  'auth',
  'catalog',
  'events',
  'extensions',
  'licensed-users-info',
  'notifications',
  'orchestrator',
  'permission',
  'scaffolder',
  'search',
  'techdocs',
  'user-settings',
].map((plugin) => `backstage_plugin_${plugin}`);

/** Settings for building only: the data is copied many times and can be built again. */
const inAHurry = { fsync: 'off', full_page_writes: 'off', maintenance_work_mem: '512MB' };

/** Makes the locale in the cache, as not every system has it. */
export function locale(): string {
  const folder = join(cache, 'locale');
  if (!existsSync(join(folder, 'en_US.UTF-8'))) {
    mkdirSync(folder, { recursive: true });
    execFileSync('localedef', ['-i', 'en_US', '-f', 'UTF-8', join(folder, 'en_US.UTF-8')], {
      stdio: 'inherit',
    });
  }
  return folder;
}

/**
 * A server with the data set, stopped. It is built once for each scale and text of the SQL, and kept.
 * @param scale 1 for about 2 GB
 */
export function dataset(scale: number, port: number): Server {
  const files = readdirSync(sql).sort();
  const text = files.map((file) => readFileSync(join(sql, file), 'utf8')).join('');
  const name = createHash('sha256').update(`${scale} ${text}`).digest('hex').slice(0, 16);
  const folder = join(cache, name);
  if (!existsSync(folder)) {
    build(new Server(`${folder}.part`, port, locale()), scale);
    renameSync(`${folder}.part`, folder);
  }
  return new Server(folder, port, locale());
}

function build(server: Server, scale: number): void {
  server.create();
  server.start(inAHurry);
  for (const database of databases) {
    console.error(`data set of scale ${scale}: ${database}`);
    const own = join(sql, `${database.replace('backstage_plugin_', '')}.sql`);
    const files = [join(sql, 'plugin.sql'), ...(existsSync(own) ? [own] : [])];
    server.query(`CREATE DATABASE "${database}" TEMPLATE template0`);
    server.query(files.map((file) => readFileSync(file, 'utf8')).join('\n'), database, {
      scale: String(scale),
    });
    server.query('VACUUM ANALYZE', database);
  }
  server.query('CHECKPOINT');
  server.stop();
}
