import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * A folder of a test; made when first asked for, removed when its tests are done. Jest runs no `afterAll` in a file
 * whose tests are all filtered out, so a folder made earlier would stay.
 */
export class TestFolder {
  private made?: string;

  constructor() {
    afterAll(() => {
      if (this.made !== undefined) rmSync(this.made, { recursive: true, force: true });
    });
  }

  get path(): string {
    this.made ??= mkdtempSync(join(tmpdir(), 'cdk8s-rhdh-'));
    return this.made;
  }

  /** Writes a file and gives its path. */
  write(name: string, text: string): string {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** All files below `name` with their text. */
  files(name = '.'): Record<string, string> {
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
