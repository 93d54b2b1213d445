import { createRequire } from 'node:module';

/**
 * Plugin of esbuild for packages that many files import. Each is taken from beside the entry, so the copies that other
 * packages bundle are left out, and its exports are read once: esbuild would copy the hundreds of cdk8s-plus-28 anew
 * for every file that imports some.
 */
export function importedOnce(entry, names) {
  const require = createRequire(entry);
  const namespace = 'imported-once';
  return {
    name: namespace,
    setup(build) {
      const filter = new RegExp(`^(${names.join('|')})$`);
      build.onResolve({ filter }, ({ path, kind }) =>
        kind === 'import-statement' ? { path, namespace } : { path: require.resolve(path) },
      );
      build.onLoad({ filter, namespace }, ({ path }) => ({ contents: exportsOf(require(path), path) }));
    },
  };
}

function exportsOf(exported, path) {
  const names = Object.keys(exported).filter((name) => name !== 'default');
  return `const exported = require('${path}');\n${names.map((name) => `export const ${name} = exported.${name};`).join('\n')}`;
}
