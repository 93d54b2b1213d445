import type { Bundle } from './bundle';

/** The bundles as a person reads them: file, objects, command. */
export function describeBundles(outdir: string, bundles: readonly Bundle[]): string {
  return bundles
    .map(({ path, objects, command }) => [
      `${outdir}/${path}`,
      ...objects.map((object) => `    ${object}`),
      `  $ ${command}`,
      '',
    ])
    .flat()
    .join('\n');
}
