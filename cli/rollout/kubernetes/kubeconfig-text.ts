import { readFileSync } from 'node:fs';
import { readYaml } from 'cdk8s-rhdh/yaml';

/**
 * The text of a kubeconfig, which the library can load; an empty file names nothing, as with kubectl.
 *
 * @throws Error that says what is wrong with it
 */
export function kubeconfigText(file: string): string {
  const text = textOf(file);
  const read = readYaml(text);
  const wrong = mistakeIn(read);
  if (wrong !== undefined) throw new Error(wrong);
  return read.documents.length === 0 ? '{}' : text;
}

const readErrors: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder, not a file',
  EACCES: 'you may not read it',
  ELOOP: 'it is a link to itself',
};

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new Error(readErrors[code] ?? message, { cause: error });
  }
}

/** What the library would fall over, in words for a person. */
function mistakeIn({ documents, problems }: ReturnType<typeof readYaml>): string | undefined {
  const [problem] = problems;
  if (problem !== undefined) {
    return `line ${problem.line}, column ${problem.column}: ${problem.message}`;
  }
  const value: unknown = documents[0]?.value ?? {};
  if (!isRecord(value)) return 'it is no kubeconfig, which is a map';
  for (const field of ['clusters', 'contexts', 'users'] as const) {
    const entries: unknown = value[field] ?? [];
    if (!Array.isArray(entries)) return `${field} is not a list`;
    const body = field.slice(0, -1);
    const index = entries.findIndex((entry) => !isRecord(entry) || !isRecord(entry[body]));
    if (index >= 0) return `${field}[${index}] has no ${body} that is a map`;
    const nameless = entries.findIndex(({ name }: Record<string, unknown>) => typeof name !== 'string');
    if (nameless >= 0) return `${field}[${nameless}].name is not a text`;
  }
  const clusters = (value.clusters ?? []) as { cluster: Record<string, unknown> }[];
  const lost = clusters.findIndex(({ cluster: { server } }) => typeof server !== 'string' || server === '');
  return lost < 0 ? undefined : `clusters[${lost}].cluster.server is not a text`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
