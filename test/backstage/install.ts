import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cached } from '../cache';

const sources = ['package.json', 'package-lock.json'];

/**
 * Installs the packages of the Backstage backend once for each lock file and version of Node.js, into the user's
 * cache, and returns the folder `node_modules`. `isolated-vm` is compiled against the headers of this Node.js;
 * nothing else runs a script.
 */
export async function backstageModules(): Promise<string> {
  const digest = createHash('sha256').update(process.version);
  for (const name of sources) digest.update(readFileSync(join(__dirname, name)));
  const folder = await cached(`backstage-${digest.digest('hex').slice(0, 12)}`, async (building) => {
    for (const name of sources) copyFileSync(join(__dirname, name), join(building, name));
    const flags = ['--no-audit', '--no-fund', '--omit=dev', '--legacy-peer-deps'];
    await npm(building, 'ci', '--ignore-scripts', ...flags);
    await npm(building, 'rebuild', 'isolated-vm');
  });
  return join(folder, 'node_modules');
}

async function npm(folder: string, ...args: string[]): Promise<void> {
  const node = dirname(dirname(process.execPath));
  const headers = existsSync(join(node, 'include/node/node_api.h')) ? { npm_config_nodedir: node } : {};
  await promisify(execFile)('npm', args, {
    cwd: folder,
    env: { ...process.env, ...headers },
    maxBuffer: 64 * 1024 * 1024,
  });
}
