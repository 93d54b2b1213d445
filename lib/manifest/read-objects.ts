import { readYaml, type YamlDocument } from '../yaml';
import { notAnObjectProblem, unrenderedProblem } from './not-manifest';
import { withoutServerFields } from './server-fields';
import { describeProblem } from '../yaml';
import { readText, type Manifest, type YamlSource } from './yaml-file';

/** An object of a file, and the line of each of its fields. */
export interface FileObject {
  readonly value: Manifest;
  /** `file:line:column` of a field, or of what is nearest above it. */
  placeOf(path: readonly (string | number)[]): string;
}

/** What is in a file: its objects, those of a List among them, and what the API server's fields were. */
export interface FileContent {
  readonly path: string;
  readonly text: string;
  readonly objects: readonly FileObject[];
  /** Fields of the API server that were left out. */
  readonly leftOut: readonly string[];
}

/** Reads the objects of a file, whoever wrote it: `oc get`, Kustomize, Helm or a person. */
export function readObjects(path: string): YamlSource<FileContent> {
  const { value: text, problems: unreadable } = readText(path);
  const { documents, problems: malformed } = readYaml(text);
  const objects = documents.flatMap((document) => objectsOf(document, path));
  const others = documents.flatMap(({ value }) => notAnObjectProblem(path, value) ?? []);
  const unrendered = isConfig(objects) ? undefined : unrenderedProblem(path, text);
  const problems =
    unrendered !== undefined && (malformed.length > 0 || others.length > 0 || isTemplated(objects))
      ? [unrendered]
      : [...malformed.map((problem) => describeProblem(path, problem)), ...others.slice(0, 1)];
  const cleaned = objects.map(({ value, placeOf }) => ({ ...withoutServerFields(value), placeOf }));
  return {
    value: {
      path,
      text,
      objects: unreadable.length + problems.length > 0 ? [] : cleaned,
      leftOut: [...new Set(cleaned.flatMap(({ leftOut }) => leftOut))],
    },
    problems: [...unreadable, ...problems],
  };
}

/** Whether a file is configuration, in which a template may be text of its own. */
function isConfig(objects: readonly FileObject[]): boolean {
  return objects.length > 0 && objects.every(({ value }) => value.kind === undefined);
}

/** Whether a field outside the files of ConfigMaps holds a template of Helm. */
function isTemplated(objects: readonly FileObject[]): boolean {
  return objects.some(
    ({ value: { data: _, ...rest } }) => unrenderedProblem('', JSON.stringify(rest, replaced)) !== undefined,
  );
}

function replaced(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

function objectsOf(document: YamlDocument, path: string): FileObject[] {
  const inside = (prefix: readonly (string | number)[], value: unknown): FileObject => ({
    value: value as Manifest,
    placeOf: (below) => `${path}:${document.placeOf([...prefix, ...below])}`,
  });
  const value = document.value as Manifest;
  return /List$/.test(String(value?.kind)) && Array.isArray(value.items)
    ? value.items.map((item, index) => inside(['items', index], item))
    : [inside([], value)];
}
