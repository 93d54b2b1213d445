import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Socket } from 'node:net';
import { build, type GoBuild } from '../cluster/build';

/** The libraries in Go by which Kubernetes and the operator read and merge YAML, as one program. */
export const yamlLibraries: GoBuild = {
  folder: 'yaml',
  module: 'sigs.k8s.io/kustomize/kyaml',
  programs: { yaml: '.' },
};

/** What the library said of a request that it refuses. */
export class LibraryError extends Error {}

interface Waiting {
  readonly resolve: (result: any) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A subcommand of `modules/yaml`, started at the first question and kept: one question is a line, one answer too. It
 * keeps no test run alive, and ends with it.
 */
export class GoProgram {
  private started?: Promise<ChildProcessWithoutNullStreams>;
  private readonly waiting: Waiting[] = [];

  constructor(private readonly subcommand: string) {}

  /** @throws LibraryError with the words of the library, where it refuses the request. */
  async ask(request: object): Promise<any> {
    this.started ??= this.start();
    const program = await this.started;
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.keepAlive(program);
      program.stdin.write(`${JSON.stringify(request)}\n`);
    });
  }

  private async start(): Promise<ChildProcessWithoutNullStreams> {
    const folder = await build(yamlLibraries, (line) => process.stderr.write(`${line}\n`));
    const program = spawn(join(folder, 'yaml'), [this.subcommand]);
    let errors = '';
    program.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    createInterface({ input: program.stdout }).on('line', (line) => {
      const { resolve, reject } = this.waiting.shift()!;
      this.keepAlive(program);
      const { result, error } = JSON.parse(line);
      if (error === undefined) resolve(result ?? null);
      else reject(new LibraryError(error));
    });
    program.once('close', (code) => {
      const ended = new Error(`yaml ${this.subcommand} ended with ${code}: ${errors}`);
      this.waiting.splice(0).forEach(({ reject }) => reject(ended));
    });
    this.keepAlive(program);
    return program;
  }

  private keepAlive(program: ChildProcessWithoutNullStreams): void {
    const method = this.waiting.length > 0 ? 'ref' : 'unref';
    program[method]();
    for (const stream of [program.stdin, program.stdout, program.stderr]) (stream as Socket)[method]();
  }
}
