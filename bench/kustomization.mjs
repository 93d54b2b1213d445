import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/**
 * Writes the Kubernetes objects of a folder, and a kustomization.yaml that lists them, to another folder. Kustomize
 * refuses an object that stands there twice, and files with anything else, so these are left out and returned.
 */
export function writeKustomization(from, to) {
  mkdirSync(to);
  const seen = new Set();
  const resources = [];
  const leftOut = [];
  let objects = 0;
  for (const name of readdirSync(from)
    .filter((file) => file.endsWith('.yaml'))
    .sort()) {
    const text = readFileSync(join(from, name), 'utf8');
    const kept = parseAllDocuments(text).filter((document) => {
      const { kind, metadata } = document.toJS() ?? {};
      const id = `${kind} ${metadata?.name}`;
      if (kind === undefined || seen.has(id)) {
        leftOut.push(kind === undefined ? `${name}, which is no object` : `the second ${id} (${name})`);
        return false;
      }
      seen.add(id);
      return true;
    });
    if (kept.length > 0) {
      writeFileSync(
        join(to, name),
        kept
          .map(String)
          .map((document) => document.replace(/^(---\n)?/, '---\n'))
          .join(''),
      );
      resources.push(name);
      objects += kept.length;
    }
  }
  writeFileSync(
    join(to, 'kustomization.yaml'),
    `resources:\n${resources.map((name) => `  - ${name}\n`).join('')}`,
  );
  return { folder: to, objects, leftOut };
}
