import { join, resolve } from 'node:path';
import { runOk } from './run';

/** The package as `npm publish` would send it. */
export interface Tarball {
  readonly path: string;
  /** Paths of its files, sorted. */
  readonly files: string[];
}

/** Where the packages of this repository are: the constructs, and the command. */
export const packages = ['.', 'cli'] as const;

/** Builds the package in `source` and packs it into a folder. */
export function pack(source: (typeof packages)[number], folder: string): Tarball {
  const args = ['pack', '--json', '--silent', '--pack-destination', folder];
  const output = runOk('npm', args, resolve(source));
  const packed = JSON.parse(output.slice(output.indexOf('[')));
  const [{ filename, files }] = packed as [{ filename: string; files: { path: string }[] }];
  return { path: join(folder, filename), files: files.map(({ path }) => path).sort() };
}
