import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { lock } from 'proper-lockfile';

const sources = ['package.json', 'package-lock.json'];

/**
 * Installs the packages of the Backstage backend once for each lock file and version of Node.js, into the user's
 * cache, and returns the folder `node_modules`. `isolated-vm` is compiled against the headers of this Node.js;
 * nothing else runs a script.
 */
export async function backstageModules(): Promise<string> {
  const digest = createHash('sha256').update(process.version);
  for (const name of sources) digest.update(readFileSync(join(__dirname, name)));
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-rhdh');
  const target = join(cache, `backstage-${digest.digest('hex').slice(0, 12)}`);
  const modules = join(target, 'node_modules');
  if (existsSync(target)) return modules;
  mkdirSync(cache, { recursive: true });
  const release = await lock(target, {
    realpath: false,
    stale: 60_000,
    retries: { forever: true, minTimeout: 500, maxTimeout: 2_000 },
  });
  try {
    if (existsSync(target)) return modules;
    const building = join(cache, `.installing-${process.pid}`);
    rmSync(building, { recursive: true, force: true });
    mkdirSync(building);
    for (const name of sources) copyFileSync(join(__dirname, name), join(building, name));
    const flags = ['--no-audit', '--no-fund', '--omit=dev', '--legacy-peer-deps'];
    await npm(building, 'ci', '--ignore-scripts', ...flags);
    await npm(building, 'rebuild', 'isolated-vm');
    renameSync(building, target);
    return modules;
  } finally {
    await release();
  }
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
