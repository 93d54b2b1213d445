import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Bundle } from './bundle';

/** Files that synthesis owns: what it did not write this time is from an earlier form of the app. */
const OWN_FILES = /^(\d{4}-[^/]+\.k8s\.yaml|helm\/[^/]+-values\.yaml)$/;

const TEMPORARY = '.tmp';

/**
 * Writes all bundles beside the old ones, then puts them in place: if writing fails (a full disk, a forbidden
 * folder), the old bundles are as they were.
 */
export function writeBundles(outdir: string, bundles: readonly Bundle[]): void {
  const targets = bundles.map(({ path, content }) => ({ path: join(outdir, path), content }));
  try {
    const folders = new Set(targets.map(({ path }) => dirname(path)));
    folders.forEach((folder) => mkdirSync(folder, { recursive: true }));
    for (const { path, content } of targets) {
      writeFileSync(path + TEMPORARY, content);
    }
  } catch (error) {
    targets.forEach(({ path }) => rmSync(path + TEMPORARY, { force: true }));
    throw error;
  }
  targets.forEach(({ path }) => renameSync(path + TEMPORARY, path));
  removeOthers(outdir, new Set(bundles.map(({ path }) => path)));
}

function removeOthers(outdir: string, wanted: ReadonlySet<string>): void {
  const folders = ['', 'helm'];
  for (const folder of folders) {
    for (const name of filesOf(join(outdir, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (OWN_FILES.test(path) && !wanted.has(path)) {
        rmSync(join(outdir, path));
      }
    }
  }
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}
