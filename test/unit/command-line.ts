import { buildSync } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** The command line of the present source, as a program. */
export class CommandLine {
  private readonly folder: string;
  readonly program: string;

  constructor() {
    // Below the project, where its packages are found.
    mkdirSync(join(root, 'cli/build'), { recursive: true });
    this.folder = mkdtempSync(join(root, 'cli/build/command-line-'));
    this.program = join(this.folder, 'main.js');
    buildSync({
      entryPoints: [join(root, 'cli/main.ts')],
      outfile: this.program,
      bundle: true,
      packages: 'external',
      platform: 'node',
      target: 'node20',
      logLevel: 'error',
    });
  }

  /** Runs it to its end, without a cluster. */
  run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const { PATH, HOME } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, [this.program, ...args], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH, HOME, KUBECONFIG: '/no/such/kubeconfig', NO_COLOR: '1', ...env },
    });
    return { status, stdout, stderr };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
