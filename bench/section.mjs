import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Replaces a section of a page, which stands between two comments, or puts it at the end; the rest stays. */
export function writeSection(file, name, text) {
  const begin = `<!-- ${name}: begin -->`;
  const end = `<!-- ${name}: end -->`;
  const section = `${begin}\n\n${text.trim()}\n\n${end}\n`;
  const page = existsSync(file) ? readFileSync(file, 'utf8') : '# Benchmarks\n';
  const from = page.indexOf(begin);
  const rest = from < 0 ? '' : page.slice(page.indexOf(end) + end.length + 1);
  writeFileSync(file, from < 0 ? `${page.trimEnd()}\n\n${section}` : page.slice(0, from) + section + rest);
}
