import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of a test; removed when its tests are done. */
export class TestFolder {
  public readonly path = mkdtempSync(join(tmpdir(), 'cdk8s-rhdh-'));

  constructor() {
    afterAll(() => rmSync(this.path, { recursive: true, force: true }));
  }

  /** Writes a file and gives its path. */
  public write(name: string, text: string): string {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** All files below `name` with their text. */
  public files(name = '.'): Record<string, string> {
    const folder = join(this.path, name);
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const paths = entries.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
    return Object.fromEntries(
      paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
    );
  }
}
