import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { whyUnreadable } from 'cdk8s-rhdh/yaml';

/** More than any kubeconfig has, in bytes: a device gives bytes for ever. */
const mostBytes = 8 * 1024 * 1024;
/** How long a pipe that nobody has written into is waited for, in milliseconds. */
const pipeMilliseconds = 10_000;
const pauseMilliseconds = 20;

/**
 * The bytes of a kubeconfig: a file, or a pipe such as `<(oc config view --raw)`. A pipe that nobody writes into is given up.
 *
 * @throws Error that says in words why it cannot be read
 */
export function kubeconfigBytes(file: string): Buffer {
  try {
    const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return bytesOf(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw new Error(whyUnreadable(error), { cause: error });
  }
}

function bytesOf(descriptor: number): Buffer {
  const isPipe = fstatSync(descriptor).isFIFO();
  const giveUpAt = Date.now() + pipeMilliseconds;
  const chunks: Buffer[] = [];
  for (let size = 0; size <= mostBytes;) {
    const chunk = Buffer.alloc(64 * 1024);
    const length = readNow(descriptor, chunk);
    if (length !== undefined && length > 0) {
      chunks.push(chunk.subarray(0, length));
      size += length;
    } else if (length === 0 && (size > 0 || !isPipe)) {
      return Buffer.concat(chunks);
    } else if (Date.now() >= giveUpAt) {
      throw new Error(`it is a pipe into which nobody wrote for ${pipeMilliseconds / 1000} s`);
    } else {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMilliseconds);
    }
  }
  throw new Error('it has more than 8 MiB, so it is no kubeconfig');
}

/** @returns how many bytes were read: 0 at the end, undefined where none are there yet */
function readNow(descriptor: number, into: Buffer): number | undefined {
  try {
    return readSync(descriptor, into);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
    throw error;
  }
}
