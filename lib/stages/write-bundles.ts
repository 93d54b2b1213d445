import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Bundle } from './bundle';

/** Names of the files that synthesis may have written for an earlier form of the app. */
const OWN_NAMES = /^(\d{4}-[^/]+\.k8s\.yaml|helm\/[^/]+-values\.yaml)$/;

/** First line of every file that synthesis writes: what does not begin with it is somebody else's, and stays. */
const MARK = '# Written by cdk8s-rhdh, which overwrites and removes it: change the app instead.\n';

const TEMPORARY = '.tmp';

/**
 * Writes all bundles beside the old ones, then puts them in place: if writing fails (a full disk, a forbidden
 * folder, a folder where a file belongs), the old bundles are as they were.
 */
export function writeBundles(outdir: string, bundles: readonly Bundle[]): void {
  const targets = bundles.map(({ path, content }) => ({ path: join(outdir, path), text: MARK + content }));
  const written: string[] = [];
  try {
    const folders = new Set(targets.map(({ path }) => dirname(path)));
    folders.forEach((folder) => mkdirSync(folder, { recursive: true }));
    for (const { path, text } of targets) {
      refuseFolder(path);
      refuseFolder(path + TEMPORARY);
      written.push(path);
      writeFileSync(path + TEMPORARY, text);
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
      if (OWN_NAMES.test(path) && !wanted.has(path) && isMarked(join(outdir, path))) {
        rmSync(join(outdir, path));
      }
    }
  }
}

function isMarked(path: string): boolean {
  return readFileSync(path, 'utf8').startsWith(MARK);
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
