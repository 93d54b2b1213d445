import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Bundle } from './bundle';

/** Files that synthesis owns: what it did not write this time is from an earlier form of the app. */
const OWN_FILES = /^(\d{4}-[^/]+\.k8s\.yaml|helm\/[^/]+-values\.yaml)$/;

const TEMPORARY = '.tmp';

/**
 * Writes all bundles beside the old ones, then puts them in place: if writing fails (a full disk, a forbidden
 * folder, a folder where a file belongs), the old bundles are as they were.
 */
export function writeBundles(outdir: string, bundles: readonly Bundle[]): void {
  const targets = bundles.map(({ path, content }) => ({ path: join(outdir, path), content }));
  const written: string[] = [];
  try {
    const folders = new Set(targets.map(({ path }) => dirname(path)));
    folders.forEach((folder) => mkdirSync(folder, { recursive: true }));
    for (const { path, content } of targets) {
      refuseFolder(path);
      refuseFolder(path + TEMPORARY);
      written.push(path);
      writeFileSync(path + TEMPORARY, content);
    }
    written.forEach((path) => renameSync(path + TEMPORARY, path));
  } catch (error) {
    written.forEach((path) => rmSync(path + TEMPORARY, { force: true }));
    throw error;
  }
  removeOthers(outdir, new Set(bundles.map(({ path }) => path)));
}

function refuseFolder(path: string): void {
  if (isFolder(path)) {
    throw new Error(`cannot write ${path}: it is a folder; move it away`);
  }
}

function removeOthers(outdir: string, wanted: ReadonlySet<string>): void {
  for (const folder of ['', 'helm']) {
    for (const name of filesOf(join(outdir, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (OWN_FILES.test(path) && !wanted.has(path)) {
        rmSync(join(outdir, path));
      }
    }
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function filesOf(folder: string): string[] {
  return isFolder(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map(({ name }) => name)
    : [];
}
