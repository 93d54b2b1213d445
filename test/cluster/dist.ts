import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = join(__dirname, '../..');

/** The bundles of `dist/`, in order. */
export const distBundles = bundlesIn(join(root, 'dist'));

/** The YAML files of a folder in order; none when there is no such folder. */
export function bundlesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => join(folder, name));
}

/** Copies files of the lab into a folder, with another namespace in place of the lab's. @returns the copies */
export function copyInto(folder: string, files: readonly string[], namespace: string): string[] {
  return files.map((file) => {
    const copy = join(folder, basename(file));
    writeFileSync(copy, readFileSync(file, 'utf8').replaceAll('rhdh-gitlab', namespace));
    return copy;
  });
}
