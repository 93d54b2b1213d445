import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cached } from '../cache';
import { requirePrograms } from '../programs';

const pom = join(__dirname, 'pom.xml');

/** SHA-256 of the archives whose SQL makes the schemas. */
const archives = {
  'data-index-storage-postgresql': '273ff05eb69ced998898f667d60b88b955387d59375cf27db636b1a5baa0638e',
  'jobs-service-postgresql-common': '88c7240c38801a3c14e6f1572775078a7d3a5cc33368462fa73a891e3223acd7',
  'persistence-commons-postgresql': 'e5eee8bfabc309deba1c1967c6550da916a7c1d5305812f84dfa4556a271ac40',
};
const kogito = '10.1.0';

/**
 * Fetches Flyway and the schemas of Kogito once for each pom.xml, by Maven, so from where its settings say: Maven
 * Central, or the mirror in `~/.m2/settings.xml`.
 * @returns Maven's local repository, in the user's cache
 */
export async function kogitoRepository(): Promise<string> {
  requirePrograms({ mvn: 'maven' });
  const digest = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12);
  return cached(`kogito-${digest}`, async (repository) => {
    await flywayPlugin(repository, ['-Dflyway.skip=true', 'flyway:migrate']);
    for (const [name, pinned] of Object.entries(archives)) {
      const file = join(repository, 'org/kie/kogito', name, kogito, `${name}-${kogito}.jar`);
      const found = createHash('sha256').update(readFileSync(file)).digest('hex');
      if (found !== pinned) throw new Error(`${name} ${kogito} has SHA-256 ${found}, not ${pinned}.`);
    }
  });
}

/** Runs goals of Flyway's plugin for Maven. @returns what it prints @throws Error with that when it fails */
export async function flywayPlugin(
  repository: string,
  args: string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  const all = ['--batch-mode', '--file', pom, `-Dmaven.repo.local=${repository}`, ...args];
  // It ends before the compiler of Java would have paid off.
  const env = { MAVEN_OPTS: '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC', ...process.env, ...variables };
  try {
    const { stdout } = await promisify(execFile)('mvn', all, { env, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    throw new Error((error as { stdout: string }).stdout, { cause: error });
  }
}
