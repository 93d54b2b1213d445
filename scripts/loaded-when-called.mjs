import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Plugin of esbuild for a module of Node.js that a package loads but seldom calls: its functions load it. */
export function loadedWhenCalled(name) {
  const namespace = 'loaded-when-called';
  const functions = Object.keys(require(name)).filter((key) => /^[a-z]/.test(key));
  return {
    name: namespace,
    setup(build) {
      build.onResolve({ filter: new RegExp(`^(node:)?${name}$`) }, ({ namespace: from }) =>
        from === namespace ? { path: `node:${name}`, external: true } : { path: name, namespace },
      );
      build.onLoad({ filter: /^/, namespace }, () => ({
        contents: functions
          .map((key) => `exports.${key} = (...values) => require('node:${name}').${key}(...values);`)
          .join('\n'),
      }));
    },
  };
}
