import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

const noRight = 'this user may not write there; give it the right, or write another outdir';
const noFolder = 'it is no folder; move it away, or write another outdir';

/** Why a file cannot be written, and what to do, by the code of the system's error. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: noRight,
  EPERM: noRight,
  EROFS: 'its file system is read-only; write another outdir',
  ENOSPC: 'the disk is full; make room on it, or write another outdir',
  EDQUOT: 'the quota of this user is used up; make room, or write another outdir',
  EEXIST: noFolder,
  ENOTDIR: noFolder,
  ELOOP: 'its symbolic links lead in a circle; remove them, or write another outdir',
  ENOENT: 'a symbolic link in its path leads nowhere; make what it leads to, or write another outdir',
  ENAMETOOLONG: 'its name is too long; write a shorter outdir',
  ERR_INVALID_ARG_VALUE: 'its name holds a character that none can have; write another outdir',
};

/** What an error of the file system means to whoever synthesizes; any other error is as it was. */
export function outputProblem(error: unknown, outdir: string): Error {
  const { code = '', path = outdir } = error as NodeJS.ErrnoException;
  if (!(code in reasons)) return error as Error;
  const place = reasons[code] === noFolder ? notFolder(path) : JSON.stringify(path).slice(1, -1);
  return new Error(`cannot write ${place}: ${reasons[code]}. Nothing was written.`);
}

/** The part of a path that stands in the place of a folder. */
function notFolder(path: string): string {
  const above = dirname(path);
  const isBelowFile = above !== path && !existsSync(path);
  return isBelowFile ? notFolder(above) : path;
}
