const words: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder, not a file',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
  ELOOP: 'it is a link to itself',
  ENAMETOOLONG: 'its name is too long',
  ENXIO: 'it is a socket, not a file',
  EMFILE: 'too many files are open',
  EIO: 'its disk cannot be read',
};

/** Why a file cannot be read, in words; an error that is not known is told by its code or its own message. */
export function whyUnreadable(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return words[code] ?? (code === '' ? message : `it cannot be read: ${code}`);
}
