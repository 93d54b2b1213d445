import { execFileSync } from 'node:child_process';

/** Fails unless every program is there: what cannot run must not count as passed. */
export function requirePrograms(packages: Readonly<Record<string, string>>): void {
  const missing = Object.keys(packages).filter((program) => !isThere(program));
  if (missing.length > 0) {
    const names = [...new Set(missing.map((program) => packages[program]))].join(' ');
    throw new Error(`These tests need ${missing.join(', ')}. On Debian: apt-get install ${names}`);
  }
}

function isThere(program: string): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v "$0"', program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
