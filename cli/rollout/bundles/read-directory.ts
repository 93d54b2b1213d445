import type { Dirent, Stats } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeText, whyUnreadable } from 'cdk8s-rhdh/yaml';
import { asKubeObject, checkManifest, objectsOf } from './check-manifest';
import type { BundleFile, LocatedManifest } from './bundle-file';
import { displayName, objectKey } from '../kubernetes/object';
import { parseDocuments, yamlProblem } from './parse-documents';
import { printable } from './printable';
import { found, ProblemsError, type Problem } from '../findings/problem';

/** The largest file that is read, in bytes. */
const maxFileBytes = 32 * 1024 * 1024;
const yamlName = /\.ya?ml$/;
const numberedName = /^(\d+)[-_.]/;

/**
 * Reads the numbered YAML files of a directory: each is a stage, in the order of their numbers. Folders below
 * it and files that are not YAML are left alone.
 *
 * @throws ProblemsError with everything that is wrong in all files.
 */
export async function readDirectory(directory: string): Promise<BundleFile[]> {
  const problems: Problem[] = [];
  const bundles: BundleFile[] = [];
  for (const file of await yamlFiles(directory, problems)) {
    const manifests = await readBundle(directory, file, problems);
    bundles.push({
      stage: printable(file.replace(/(\.k8s)?\.ya?ml$/, '')),
      file: printable(file),
      manifests,
    });
  }
  if (bundles.length === 0 && problems.length === 0) {
    problems.push(found('no-files', { message: `no YAML file in ${printable(directory)}` }));
  }
  if (problems.length > 0) throw new ProblemsError(`${printable(directory)} cannot be applied:`, problems);
  return bundles;
}

async function yamlFiles(directory: string, problems: Problem[]): Promise<string[]> {
  const entries = await listDirectory(directory);
  const files = entries
    .filter((entry) => !entry.isDirectory() && yamlName.test(entry.name) && !entry.name.startsWith('.'))
    .map(({ name }) => name);
  for (const name of files.filter((file) => !numberedName.test(file))) {
    const message = 'its name does not start with a number, so its place in the sequence is unknown';
    problems.push(found('no-number', { where: printable(name), message }));
  }
  return files.filter((file) => numberedName.test(file)).sort(byNumber);
}

async function listDirectory(directory: string): Promise<Dirent[]> {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message =
      code === 'ENOENT'
        ? 'there is no such directory'
        : code === 'ENOTDIR'
          ? 'it is a file, not a directory'
          : whyUnreadable(error);
    throw new ProblemsError(`${printable(directory)} cannot be read:`, [found('no-directory', { message })]);
  }
}

async function readBundle(directory: string, file: string, problems: Problem[]): Promise<LocatedManifest[]> {
  const shownFile = printable(file);
  const path = join(directory, file);
  const content = await readRegularFile(path, shownFile);
  if (!Buffer.isBuffer(content)) {
    problems.push(content);
    return [];
  }
  const { text, problem } = decodeText(content);
  if (problem !== undefined) {
    problems.push(yamlProblem(problem, shownFile));
    return [];
  }
  const parsed = parseDocuments(text, shownFile);
  const before = problems.length;
  for (const problem of parsed.problems) problems.push(problem);
  const manifests: LocatedManifest[] = [];
  for (const { value, line } of parsed.documents) {
    for (const item of objectsOf(value)) {
      const wrong = checkManifest(item, `${shownFile}:${line}`);
      problems.push(...wrong);
      if (wrong.length === 0) manifests.push({ object: asKubeObject(item), file: shownFile, line });
    }
  }
  if (manifests.length === 0 && problems.length === before) {
    problems.push(found('empty-file', { where: shownFile, message: 'it holds no object' }));
  }
  for (const problem of duplicates(manifests)) problems.push(problem);
  return manifests;
}

/** A pipe never ends, and a device has no size: only what is a file is opened. */
async function readRegularFile(path: string, where: string): Promise<Buffer | Problem> {
  try {
    const entry = await stat(path);
    if (!entry.isFile()) {
      return found('unreadable-file', { where, message: `it is a ${typeOf(entry)}, not a file` });
    }
    if (entry.size > maxFileBytes) {
      const message = `a file of ${(entry.size / 1024 / 1024).toFixed(1)} MiB; at most 32 MiB are read`;
      return found('file-too-large', { where, message });
    }
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = code === 'ENOENT' ? 'it is a link to nothing' : whyUnreadable(error);
    return found('unreadable-file', { where, message });
  }
}

function typeOf(entry: Stats): string {
  if (entry.isDirectory()) return 'folder';
  if (entry.isFIFO()) return 'pipe';
  return entry.isSocket() ? 'socket' : 'device';
}

function duplicates(manifests: readonly LocatedManifest[]): Problem[] {
  const first = new Map<string, LocatedManifest>();
  return manifests.flatMap((manifest): Problem[] => {
    const key = objectKey(manifest.object);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, manifest);
      return [];
    }
    return [
      found('duplicate-object', {
        where: `${manifest.file}:${manifest.line}`,
        message: `${displayName(manifest.object)} is already in line ${earlier.line} of the same file`,
      }),
    ];
  });
}

function byNumber(a: string, b: string): number {
  const difference = Number(numberedName.exec(a)?.[1]) - Number(numberedName.exec(b)?.[1]);
  return difference !== 0 ? difference : a < b ? -1 : 1;
}
