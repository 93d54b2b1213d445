import { basename } from 'node:path';
import type { Manifest } from '../manifest/yaml-file';
import { type FileContent, type FileObject, readObjects } from '../manifest/read-objects';
import { BackstageManifest } from './backstage-manifest';
import { misshapes, shown } from './backstage-shape';
import { DynamicPlugins } from './dynamic-plugins';
import { rawConfigMaps } from './effective/raw-config';

/** What was read for an adopted hub, what is wrong with it, and what its user should know. */
export interface Adopted<T> {
  readonly value: T;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** The one Backstage resource of a file. */
export function readBackstage(path: string): Adopted<Manifest | undefined> {
  const { value: content, problems } = readObjects(path);
  if (problems.length > 0) return { value: undefined, problems, warnings: [] };
  const found = content.objects.filter(({ value }) => value.kind === 'Backstage');
  if (found.length !== 1) {
    return { value: undefined, problems: [countProblem(path, found, 'Backstage', content)], warnings: [] };
  }
  const wrong = misshapes(found[0].value).map(
    (wrongField) => `${found[0].placeOf(wrongField.path)}: ${wrongField.message}`,
  );
  return {
    value: wrong.length > 0 ? undefined : found[0].value,
    problems: wrong,
    warnings: leftOut(content),
  };
}

function countProblem(
  path: string,
  found: readonly FileObject[],
  kind: string,
  { objects }: FileContent,
): string {
  const names = found.map(({ value }) => value.metadata?.name).join(', ');
  const others = [...new Set(objects.map(({ value }) => value.kind ?? 'no kind'))].join(', ');
  const beside = found.length === 0 && objects.length > 0 ? ` (but ${others})` : '';
  return `${path}: holds ${found.length} objects of kind ${kind}${names === '' ? beside : ` (${names})`}; it must hold exactly one`;
}

function leftOut({ path, leftOut: fields }: FileContent): string[] {
  return fields.length === 0
    ? []
    : [`${path}: left out what belongs to the API server: ${fields.join(', ')}`];
}

/** The dynamic plugins of a file: a ConfigMap, that which the hub refers to among several, or the list itself. */
export function readPlugins(path: string, hub: Manifest | undefined): Adopted<DynamicPlugins> {
  const named = hub?.spec?.application?.dynamicPluginsConfigMapName as string | undefined;
  const { value: content, problems } = readObjects(path);
  const [only] = content.objects;
  if (content.objects.length === 1 && isPluginList(only.value)) {
    return { value: DynamicPlugins.fromFile(path, named), problems: [], warnings: [] };
  }
  const configMaps = content.objects.filter(({ value }) => value.kind === 'ConfigMap');
  const referred = configMaps.filter(({ value }) => value.metadata?.name === named);
  const chosen = configMaps.length > 1 && referred.length === 1 ? referred : configMaps;
  const wrong = [...problems, ...textProblems(chosen)];
  if (wrong.length > 0 || chosen.length !== 1) {
    return {
      value: DynamicPlugins.of({ configMapName: named }),
      problems: wrong.length > 0 ? wrong : [countProblem(path, chosen, 'ConfigMap', content)],
      warnings: [],
    };
  }
  return {
    value: DynamicPlugins._fromConfigMap(chosen[0].value, path),
    problems: [],
    warnings: leftOut(content),
  };
}

function isPluginList(value: Manifest): boolean {
  return (
    typeof value === 'object' &&
    !Array.isArray(value) &&
    value.kind === undefined &&
    ('plugins' in value || 'includes' in value)
  );
}

/** The ConfigMaps with app-config files of some files; a file may be such an app-config itself. */
export function readAppConfigs(
  paths: readonly string[],
  hub: Manifest | undefined,
): Adopted<readonly Manifest[]> {
  const references = (hub?.spec?.application?.appConfig?.configMaps ?? []) as Manifest[];
  const readNames = new Set([
    ...references.map(({ name }) => name as string),
    ...rawConfigMaps(new BackstageManifest(hub ?? {})),
  ]);
  const contents = paths.map(readObjects);
  const inConfigMaps = contents
    .flatMap(({ value }) => value.objects)
    .filter(({ value }) => value.kind === 'ConfigMap');
  const given = new Set(inConfigMaps.map(({ value }) => value.metadata?.name));
  const free = references.filter(({ name }) => !given.has(name));
  const found: Manifest[] = [];
  const problems: string[] = [];
  const warnings: string[] = [];
  for (const { value: content, problems: unreadable } of contents) {
    const configMaps = content.objects.filter(({ value }) => value.kind === 'ConfigMap');
    const [only] = content.objects;
    problems.push(...unreadable);
    warnings.push(...leftOut(content));
    const noTexts = textProblems(configMaps);
    problems.push(...noTexts);
    if (noTexts.length > 0) continue;
    if (configMaps.length > 0) {
      found.push(...chosenOf(configMaps, readNames, references, content, warnings));
    } else if (content.objects.length === 1 && isAppConfig(only.value)) {
      const reference = free.shift();
      if (reference === undefined) problems.push(noPlaceProblem(content.path, references));
      else found.push(asConfigMap(content, reference));
    } else if (unreadable.length === 0) {
      problems.push(countProblem(content.path, [], 'ConfigMap', content));
    }
  }
  return { value: found, problems, warnings };
}

/** Files of ConfigMaps that are no text, as where somebody forgot the `|` behind a key. */
function textProblems(configMaps: readonly FileObject[]): string[] {
  return configMaps.flatMap(({ value, placeOf }) =>
    Object.entries((value.data ?? {}) as Manifest)
      .filter(([, text]) => typeof text !== 'string')
      .map(
        ([key, text]) =>
          `${placeOf(['data', key])}: data.${key} is ${shown(text)}, where a text is expected; write '${key}: |' and its lines below`,
      ),
  );
}

/** Of several ConfigMaps those that the hub refers to; of one, it is said if the hub does not. */
function chosenOf(
  configMaps: readonly FileObject[],
  readNames: ReadonlySet<string>,
  references: readonly Manifest[],
  { path }: FileContent,
  warnings: string[],
): Manifest[] {
  const names = new Set(references.map(({ name }) => name as string));
  const referred = configMaps.filter(({ value }) => readNames.has(value.metadata?.name));
  const others = configMaps
    .filter((configMap) => !referred.includes(configMap))
    .map(({ value }) => value.metadata?.name);
  if (others.length > 0) {
    const refers = names.size === 0 ? 'to none' : `to ${[...names].join(', ')}`;
    warnings.push(
      `${path}: the hub does not refer to ConfigMap ${others.join(', ')} in spec.application.appConfig (${refers}), so Backstage reads nothing of it`,
    );
  }
  return (configMaps.length > 1 ? referred : configMaps).map(({ value }) => value);
}

function isAppConfig(value: Manifest): boolean {
  return typeof value === 'object' && !Array.isArray(value) && value.kind === undefined;
}

function noPlaceProblem(path: string, references: readonly Manifest[]): string {
  const names = references.map(({ name }) => name).join(', ');
  return (
    `${path}: is an app-config without ConfigMap, and the hub refers to none that could hold it` +
    `${names === '' ? '' : ` (${names} are given already)`}; add its name to spec.application.appConfig.configMaps`
  );
}

function asConfigMap({ path, text }: FileContent, { name, key }: Manifest): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { [key ?? basename(path)]: text } };
}
