import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cached } from '../cache';

/** One Go module under `modules/` that pins, with its sums, the programs it builds. */
export interface GoBuild {
  /** Folder under `test/cluster/modules/`. */
  readonly folder: string;
  /** Module whose version the programs carry. */
  readonly module: string;
  /** Go package of each program. */
  readonly programs: Readonly<Record<string, string>>;
  /** Linker flags that tell the programs their version. @default none */
  readonly versionFlags?: (version: string) => string[];
}

/**
 * Builds the programs of a module once for each version, and returns the folder that holds them.
 *
 * The folder's name carries version, platform and a digest of everything that decides the bytes, so another
 * pin is another folder.
 */
export async function build(goBuild: GoBuild, report: (line: string) => void): Promise<string> {
  const source = join(__dirname, 'modules', goBuild.folder);
  const goMod = readFileSync(join(source, 'go.mod'), 'utf8');
  const version = new RegExp(`^(?:require )?\\s*${goBuild.module} (v\\S+)`, 'm').exec(goMod)?.[1];
  if (!version) throw new Error(`${source}/go.mod does not require ${goBuild.module}.`);
  const flags = ['-s', '-w', ...(goBuild.versionFlags?.(version) ?? [])].join(' ');
  const digest = createHash('sha256')
    .update(JSON.stringify([goMod, ...ownSource(source), goBuild.programs, flags]))
    .digest('hex')
    .slice(0, 8);
  const name = `${goBuild.folder}-${version}-${process.platform}-${process.arch}-${digest}`;
  return cached(join('control-plane', name), async (building) => {
    await requireGo(source);
    for (const [program, goPackage] of Object.entries(goBuild.programs)) {
      report(`building ${program} ${version}, once (the first build of all takes minutes)`);
      const start = Date.now();
      const stillAtIt = setInterval(
        () => report(`still building ${program}, for ${Math.round((Date.now() - start) / 1000)} s`),
        30_000,
      );
      await goCompile(source, join(building, program), goPackage, flags).finally(() =>
        clearInterval(stillAtIt),
      );
    }
  });
}

/** Everything in a module's folder but its go.mod. */
function ownSource(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => /\.go$|^go\.sum$/.test(file));
  return files.sort().map((file) => readFileSync(join(folder, file), 'utf8'));
}

/** Go obeys the `go` line of go.mod: it fetches that toolchain, or says why it may not. */
async function requireGo(source: string): Promise<void> {
  try {
    await promisify(execFile)('go', ['version'], { cwd: source, env: process.env });
  } catch (error) {
    const wanted = /^go (\S+)/m.exec(readFileSync(join(source, 'go.mod'), 'utf8'))?.[1];
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Error(
      [
        missing
          ? `The programs of the tests are built with Go ${wanted} or newer, and there is no "go" on the PATH.`
          : `The programs of the tests are built with Go ${wanted} or newer: ${String((error as { stderr?: string }).stderr).trim()}`,
        `Install Go ${wanted} or newer: https://go.dev/dl.`,
      ].join('\n'),
      { cause: error },
    );
  }
}

function goCompile(source: string, output: string, goPackage: string, flags: string): Promise<void> {
  const args = ['build', '-buildvcs=false', '-trimpath', '-ldflags', flags, '-o', output, goPackage];
  const go = spawn('go', args, {
    cwd: source,
    env: { ...process.env, CGO_ENABLED: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  go.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    go.once('error', reject);
    go.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`go ${args.join(' ')} (in ${source}) failed:\n${stderr}`)),
    );
  });
}
