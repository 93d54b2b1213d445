import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../cluster/ports';
import { requirePrograms } from '../programs';
import { type PostgresServer, superuserPassword } from './server';

/** A PgBouncer before a server, on a port of its own. */
export class PgBouncer {
  /** Pools sessions of the superuser; `setting` is a line of its configuration. */
  static async start(server: PostgresServer, setting: string): Promise<PgBouncer> {
    requirePrograms({ pgbouncer: 'pgbouncer' });
    const folder = mkdtempSync(join(tmpdir(), 'pgbouncer-'));
    chmodSync(folder, 0o755);
    const [port] = await freePorts(1);
    writeFileSync(join(folder, 'users'), `"postgres" "${superuserPassword.replaceAll('"', '""')}"\n`);
    writeFileSync(
      join(folder, 'ini'),
      `[databases]\n* = host=127.0.0.1 port=${server.port}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${port}\n` +
        `unix_socket_dir =\nauth_type = scram-sha-256\nauth_file = ${join(folder, 'users')}\npool_mode = session\n${setting}\n`,
    );
    const root = process.getuid?.() === 0 ? ['--user', 'nobody'] : [];
    const child = spawn('pgbouncer', [...root, join(folder, 'ini')], { stdio: 'ignore' });
    const bouncer = new PgBouncer(folder, port, child);
    while (!(await bouncer.listens())) {
      if (child.exitCode !== null) throw new Error(`PgBouncer ended with exit code ${child.exitCode}`);
      await sleep(50);
    }
    return bouncer;
  }

  private constructor(
    private readonly folder: string,
    readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
    rmSync(this.folder, { recursive: true });
  }

  private async listens(): Promise<boolean> {
    const socket = connect(this.port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return true;
    } catch {
      return false;
    } finally {
      socket.destroy();
    }
  }
}
