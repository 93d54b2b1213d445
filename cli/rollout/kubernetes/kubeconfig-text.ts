import { decodeText, readYaml, type YamlProblem } from 'cdk8s-rhdh/yaml';
import { kubeconfigBytes } from './kubeconfig-bytes';

/**
 * The text of a kubeconfig, which the library can load; an empty file names nothing, as with kubectl.
 *
 * @throws Error that says what is wrong with it
 */
export function kubeconfigText(file: string): string {
  const { text, problem } = decodeText(kubeconfigBytes(file));
  if (problem !== undefined) throw new Error(placed(problem));
  const read = readYaml(text);
  const wrong = mistakeIn(read);
  if (wrong !== undefined) throw new Error(wrong);
  return read.documents.length === 0 ? '{}' : text;
}

const placed = ({ line, column, message }: YamlProblem) => `line ${line}, column ${column}: ${message}`;

/** What the library would fall over, in words for a person. */
function mistakeIn({ documents, problems }: ReturnType<typeof readYaml>): string | undefined {
  const [problem] = problems;
  if (problem !== undefined) {
    return placed(problem);
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
