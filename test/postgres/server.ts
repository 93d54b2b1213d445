import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requirePrograms } from '../programs';
import type { Certificate } from './authority';

const debianBin = '/usr/lib/postgresql/15/bin';

/** Password of the superuser `postgres` of a server. */
export const superuserPassword = `super "user's" $(password) \\ é`;

/** Somebody who is connected to a server. */
export interface Session {
  readonly connected: Promise<unknown>;
  readonly run: (sql: string) => void;
  readonly end: () => Promise<void>;
}

/** A PostgreSQL 15 of a test: on a free port of the loopback address, in a folder of its own. */
export class PostgresServer {
  /**
   * A server that is stopped.
   * @param certificate makes it offer TLS, and accept connections over the network with TLS only
   * @param bin folder of the programs of another major version
   * @param diskBytes puts it on a disk of this size, which takes root to mount
   */
  static async create(
    certificate?: Certificate,
    { bin = debianBin, diskBytes }: { bin?: string; diskBytes?: number } = {},
  ): Promise<PostgresServer> {
    requirePrograms({
      [`${bin}/initdb`]: 'postgresql-15',
      [`${bin}/postgres`]: 'postgresql-15',
      setpriv: 'util-linux',
    });
    const folder = mkdtempSync(join(tmpdir(), 'postgres-test-'));
    if (diskBytes !== undefined) mountDisk(folder, `size=${diskBytes}`);
    chmodSync(folder, 0o755);
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, superuserPassword);
    if (asRoot()) execFileSync('chown', ['-R', 'postgres:', folder]);
    const options = [
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ];
    const data = join(folder, 'data');
    const [program, ...args] = asPostgres(`${bin}/initdb`, `--pgdata=${data}`, ...options);
    execFileSync(program, args, { stdio: 'pipe', cwd: folder });
    if (certificate !== undefined) offerTls(data, certificate);
    return new PostgresServer(folder, await freePort(), bin, diskBytes !== undefined);
  }

  /** A copy of the files of this server, which is stopped; one that is a standby accepts no writes. */
  async clone({ standby = false } = {}): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), 'postgres-test-'));
    execFileSync('cp', ['--archive', `${this.folder}/.`, folder]);
    if (standby) writeFileSync(join(folder, 'data', 'standby.signal'), '');
    return new PostgresServer(folder, await freePort(), this.bin, false);
  }

  private process?: ChildProcess;

  private constructor(
    private readonly folder: string,
    readonly port: number,
    private readonly bin: string,
    private readonly ownDisk: boolean,
  ) {}

  /** Starts the server and waits until it accepts connections. */
  async start(
    more: Readonly<Record<string, string>> = {},
    variables: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const settings = {
      port: this.port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: this.folder,
      fsync: 'off',
      ...more,
    };
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const [program, ...args] = asPostgres(
      `${this.bin}/postgres`,
      '-D',
      join(this.folder, 'data'),
      ...options,
    );
    const child = spawn(program, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      cwd: this.folder,
      env: { ...process.env, ...variables },
    });
    this.process = child;
    let log = '';
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`PostgreSQL ended:\n${log}`)));
      child.stderr.on('data', (text) => {
        log += text;
        if (/database system is ready to accept (read-only )?connections/.test(log)) resolve();
      });
    });
  }

  /** Runs SQL as the superuser and gives the rows as psql prints them, unaligned. */
  query(sql: string, database = 'postgres'): string[] {
    const environment = { PATH: process.env.PATH, PGPASSWORD: superuserPassword, PGDATABASE: database };
    const args = [
      '-X',
      '-A',
      '-t',
      '-v',
      'ON_ERROR_STOP=1',
      '-h',
      '127.0.0.1',
      '-p',
      String(this.port),
      '-U',
      'postgres',
    ];
    const output = execFileSync(`${debianBin}/psql`, args, {
      input: sql,
      env: environment,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      stdio: 'pipe',
    });
    return output.split('\n').filter((line) => line !== '');
  }

  /** A session that stays until it is ended. */
  session(
    database: string,
    application: string,
    { user, password } = { user: 'postgres', password: superuserPassword },
  ): Session {
    const env = { PATH: process.env.PATH, PGPASSWORD: password, PGAPPNAME: application };
    const args = ['-X', '-q', '-h', '127.0.0.1', '-p', String(this.port), '-U', user, '-d', database];
    const child = spawn(`${debianBin}/psql`, args, { env, stdio: ['pipe', 'pipe', 'ignore'] });
    const closed = once(child, 'close');
    child.stdin.write('SELECT 1;\n');
    return {
      connected: once(child.stdout, 'data'),
      run: (sql) => child.stdin.write(sql),
      end: async () => {
        child.stdin.end();
        await closed;
      },
    };
  }

  /** Names of the databases beside those of every server, sorted. */
  databases(): string[] {
    const names = this.query(
      "SELECT to_json(datname) FROM pg_database WHERE datname NOT IN ('postgres', 'template0', 'template1')",
    );
    return names.map((name) => JSON.parse(name) as string).sort();
  }

  /** Answers with TLS from now on, with a certificate for 127.0.0.1 that signs itself. @returns its file */
  enableTls(): string {
    const [certificate, key] = ['server.crt', 'server.key'].map((name) => join(this.folder, name)) as [
      string,
      string,
    ];
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const output = ['-days', '1', '-nodes', '-keyout', key, '-out', certificate];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...output, ...subject], {
      stdio: 'pipe',
    });
    chmodSync(key, 0o600);
    if (asRoot()) execFileSync('chown', ['postgres:', key]);
    this.query(`ALTER SYSTEM SET ssl_cert_file = '${certificate}'`);
    this.query(`ALTER SYSTEM SET ssl_key_file = '${key}'`);
    this.query('ALTER SYSTEM SET ssl = on');
    this.query('SELECT pg_reload_conf()');
    return certificate;
  }

  /** Stops the server, which can be started again: SIGINT ends its sessions in order, SIGQUIT is a crash. */
  async stop(signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
    const child = this.process;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      const file = join(this.folder, 'data', 'postmaster.pid');
      // A server without its file is about to end by itself.
      if (existsSync(file)) process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), signal);
      await ended;
    }
  }

  /** Gives the server's own disk another size. */
  resizeDisk(bytes: number): void {
    mountDisk(this.folder, `remount,size=${bytes}`);
  }

  /** Stops the server and removes its folder. */
  async remove(): Promise<void> {
    await this.stop();
    if (this.ownDisk) execFileSync('umount', [this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** TLS as most servers outside a cluster demand it: without it, no connection over the network is accepted. */
function offerTls(data: string, { certificate, key }: Certificate): void {
  writeFileSync(join(data, 'server.crt'), certificate);
  writeFileSync(join(data, 'server.key'), key, { mode: 0o600 });
  appendFileSync(join(data, 'postgresql.conf'), 'ssl = on\n');
  writeFileSync(join(data, 'pg_hba.conf'), 'hostssl all all all scram-sha-256\n');
  if (asRoot()) execFileSync('chown', ['postgres:', join(data, 'server.crt'), join(data, 'server.key')]);
}

function mountDisk(folder: string, options: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'pipe' });
}

const asRoot = () => process.getuid?.() === 0;

/** PostgreSQL refuses to run as root; and it gets SIGINT (fast shutdown) should the test end without a word. */
function asPostgres(...command: string[]): string[] {
  const user = asRoot() ? ['--reuid=postgres', '--regid=postgres', '--init-groups'] : [];
  return ['setpriv', ...user, '--pdeathsig=INT', ...command];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
