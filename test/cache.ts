import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { lock } from 'proper-lockfile';

/**
 * What a test fetches or builds once and keeps in the user's cache. It appears there only when it is complete, and a
 * lock keeps two runs from making the same thing.
 * @param name its path in the cache; with a digest of all that decides its content
 * @param make makes it in an empty folder
 * @returns its folder
 */
export async function cached(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-rhdh');
  const target = join(cache, name);
  if (existsSync(target)) return target;
  mkdirSync(dirname(target), { recursive: true });
  const release = await lock(target, {
    realpath: false,
    stale: 60_000,
    retries: { forever: true, minTimeout: 500, maxTimeout: 2_000 },
  });
  try {
    if (existsSync(target)) return target;
    const building = join(dirname(target), `.building-${basename(target)}`);
    rmSync(building, { recursive: true, force: true });
    mkdirSync(building);
    await make(building);
    renameSync(building, target);
    return target;
  } finally {
    await release();
  }
}
