import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Programs of PostgreSQL 15 themselves, not Debian's wrappers around them, which the image does not have either. */
export const bin = '/usr/lib/postgresql/15/bin';

/**
 * What the image of RHDH's database sets in a container of 1 GiB, as the operator makes it: a quarter of the memory
 * as shared buffers, half of it as the guess of all caches. All else has PostgreSQL's defaults, so what is committed
 * is on the disk and in the write-ahead log.
 */
const serverSettings = { shared_buffers: '256MB', effective_cache_size: '512MB', max_connections: '400' };

/** A PostgreSQL 15 of the benchmark, in a folder that stays. */
export class Server {
  constructor(
    private readonly folder: string,
    readonly port: number,
    /** Folder of the locale en_US.UTF-8, which is the one of RHDH's image. */
    private readonly locale: string,
  ) {}

  /** Folder of the data, also while the server runs. */
  get data(): string {
    return join(this.folder, 'data');
  }

  /** Makes an empty cluster; what was in the folder is removed. */
  create(): void {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
    chmodSync(this.folder, 0o755);
    execFileSync('chown', ['postgres:', this.folder]);
    const options = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=en_US.UTF-8'];
    this.asPostgres(`${bin}/initdb`, `--pgdata=${this.data}`, ...options);
  }

  /** Starts the server; one that an interrupted benchmark left behind is stopped first. */
  start(settings: Readonly<Record<string, string>> = {}): void {
    if (this.runs()) this.stop();
    const all = {
      ...serverSettings,
      port: String(this.port),
      listen_addresses: '127.0.0.1',
      unix_socket_directories: this.folder,
      ...settings,
    };
    const options = Object.entries(all).map(([name, value]) => `-c ${name}=${value}`);
    const log = join(this.folder, 'log');
    this.asPostgres(`${bin}/pg_ctl`, '-D', this.data, '-l', log, '-w', '-o', options.join(' '), 'start');
  }

  stop(): void {
    this.asPostgres(`${bin}/pg_ctl`, '-D', this.data, '-m', 'fast', '-w', 'stop');
  }

  private runs(): boolean {
    try {
      this.asPostgres(`${bin}/pg_ctl`, '-D', this.data, 'status');
      return true;
    } catch {
      return false;
    }
  }

  query(sql: string, database = 'postgres', variables: Readonly<Record<string, string>> = {}): string[] {
    const set = Object.entries({ ON_ERROR_STOP: '1', ...variables }).map(
      ([name, value]) => `--set=${name}=${value}`,
    );
    const where = ['-h', '127.0.0.1', '-p', String(this.port), '-U', 'postgres', '-d', database];
    const output = execFileSync(`${bin}/psql`, ['-XqAt', ...set, ...where], { input: sql, encoding: 'utf8' });
    return output.split('\n').filter((line) => line !== '');
  }

  /** Seconds of processor time of the server: of all its processes that have ended, and of the first one. */
  processorSeconds(): number {
    const pid = readFileSync(join(this.data, 'postmaster.pid'), 'utf8').split('\n')[0];
    return processorSecondsOf(pid);
  }

  private asPostgres(...command: string[]): void {
    const user = ['--reuid=postgres', '--regid=postgres', '--init-groups'];
    const env = { ...process.env, LOCPATH: this.locale };
    execFileSync('setpriv', [...user, ...command], {
      stdio: ['ignore', 'ignore', 'inherit'],
      cwd: this.folder,
      env,
    });
  }
}

/** Seconds of processor time of a process and of all its descendants that were waited for. */
export function processorSecondsOf(pid: string): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0) / 100;
}
