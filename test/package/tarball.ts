import { join, resolve } from 'node:path';
import { runOk } from './run';

/** The package as `npm publish` would send it. */
export interface Tarball {
  readonly path: string;
  /** Paths of its files, sorted. */
  readonly files: string[];
}

/** Builds the package and packs it into a folder. */
export function pack(folder: string): Tarball {
  const output = runOk('npm', ['pack', '--json', '--silent', '--pack-destination', folder], resolve('.'));
  const packed = JSON.parse(output.slice(output.indexOf('[')));
  const [{ filename, files }] = packed as [{ filename: string; files: { path: string }[] }];
  return { path: join(folder, filename), files: files.map(({ path }) => path).sort() };
}
