import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockedPackage {
  readonly version: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

const lock = JSON.parse(readFileSync(join(__dirname, '../../package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};

/**
 * What is installed with one of both packages, as `package-lock.json` has it: `yaml 2.9.1`, each once and sorted.
 *
 * @param folder of the package: '' or 'cli'
 */
export function shippedWith(folder: string): string[] {
  const found = new Set<string>();
  const visit = (path: string) => {
    for (const name of neededBy(lock.packages[path] as LockedPackage)) {
      const place = placeOf(path, name);
      if (place === undefined || found.has(place) || lock.packages[place]!.link) continue;
      found.add(place);
      visit(place);
    }
  };
  visit(folder);
  const lines = [...found].map(
    (place) => `${place.replace(/^.*node_modules\//, '')} ${lock.packages[place]!.version}`,
  );
  return [...new Set(lines)].sort();
}

function neededBy({
  dependencies,
  optionalDependencies,
  peerDependencies = {},
  peerDependenciesMeta = {},
}: LockedPackage): string[] {
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
  return [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers];
}

/** Where Node.js finds a package that another one needs: beside it, or in a folder above. */
function placeOf(path: string, name: string): string | undefined {
  for (let folder: string | undefined = path; folder !== undefined; folder = above(folder)) {
    const place = `${folder}${folder === '' ? '' : '/'}node_modules/${name}`;
    if (place in lock.packages) return place;
  }
  return undefined;
}

function above(folder: string): string | undefined {
  if (folder === '') return undefined;
  const end = folder.lastIndexOf('/node_modules/');
  return end < 0 ? '' : folder.slice(0, end);
}
