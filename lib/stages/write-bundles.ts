import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Bundle } from './bundle';
import { endsWithReport } from './ends-with-report';
import { outputProblem } from './output-problem';

/** Names of the files that synthesis may have written for an earlier form of the app. */
const ownNames = /^(\d{4}-[^/]+\.k8s\.yaml|helm\/[^/]+-values\.yaml)$/;

/** First line of every file that synthesis writes: what does not begin with it is somebody else's, and stays. */
const firstLine = '# Written by cdk8s-rhdh, which overwrites and removes it: change the app instead.\n';

const temporarySuffix = '.tmp';

/**
 * Writes all bundles beside the old ones, then puts them in place: if writing fails (a full disk, a forbidden
 * folder, a folder where a file belongs), the old bundles are as they were. A symbolic link in the place of a bundle is
 * replaced by the bundle; what it points to is left alone.
 * @throws what stands in the way, with what to do
 */
export function writeBundles(outdir: string, bundles: readonly Bundle[]): void {
  const targets = bundles.map(({ path, content, secret }) => ({
    path: join(outdir, path),
    text: firstLine + content,
    mode: secret === true ? 0o600 : 0o666,
  }));
  const written: string[] = [];
  try {
    const folders = new Set(targets.map(({ path }) => dirname(path)));
    folders.forEach((folder) => makeFolder(folder, outdir));
    for (const { path, text, mode } of targets) {
      refuseFolder(path);
      refuseFolder(path + temporarySuffix);
      written.push(path);
      rmSync(path + temporarySuffix, { force: true });
      writeFileSync(path + temporarySuffix, text, { mode, flag: 'wx' });
    }
    written.forEach((path) => renameSync(path + temporarySuffix, path));
  } catch (error) {
    written.forEach((path) => rmSync(path + temporarySuffix, { force: true }));
    throw endsWithReport(outputProblem(error, outdir));
  }
  removeOthers(outdir, new Set(bundles.map(({ path }) => path)));
}

/** The output folder may be a link that its owner made; one below it would lead out of it. */
function makeFolder(folder: string, outdir: string): void {
  if (
    join(folder) !== join(outdir) &&
    lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() === true
  ) {
    throw new Error(`cannot write into ${folder}: it is a symbolic link; remove it`);
  }
  mkdirSync(folder, { recursive: true });
}

function refuseFolder(path: string): void {
  if (isFolder(path)) throw new Error(`cannot write ${path}: it is a folder; move it away`);
}

function removeOthers(outdir: string, wanted: ReadonlySet<string>): void {
  for (const folder of ['', 'helm']) {
    for (const name of filesOf(join(outdir, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (ownNames.test(path) && !wanted.has(path) && isMarked(join(outdir, path))) {
        rmSync(join(outdir, path));
      }
    }
  }
}

function isMarked(path: string): boolean {
  return readFileSync(path, 'utf8').startsWith(firstLine);
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function filesOf(folder: string): string[] {
  return isFolder(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
    : [];
}
