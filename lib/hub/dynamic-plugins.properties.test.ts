import * as fc from 'fast-check';
import { parse, type YAMLMap, type YAMLSeq } from 'yaml';
import { TestFolder } from '../../test/unit/folder';
import { createDocument } from '../manifest/yaml-file';
import { type DynamicPlugin, isOrchestratorPackage, samePlugin } from './dynamic-plugin';
import { DynamicPlugins } from './dynamic-plugins';
import { RhdhRelease } from '../operators/release';

const folder = new TestFolder();
const textOf = (list: DynamicPlugins): string => list._configMap().data['dynamic-plugins.yaml'];
const contentOf = (list: DynamicPlugins) => parse(textOf(list), { version: '1.1' });
const read = (text: string) => DynamicPlugins.fromFile(folder.write('list.yaml', text));

const orchestrator = [RhdhRelease.V1_8, RhdhRelease.V1_9].flatMap(({ orchestratorPackages }) =>
  Object.values(orchestratorPackages),
);
const others = [
  './dynamic-plugins/dist/quotes',
  '@scope/quotes@1.2.3',
  'oci://quay.io/all:1!one',
  'oci://quay.io/all:1!two',
  'yes',
  '0755',
];

const typed = (packages: string[]) =>
  fc.record(fieldsOf(packages), { requiredKeys: ['package'], noNullPrototype: true });
/** Of a file, which may say what nobody here knows. */
const written = (packages: string[]) =>
  fc.record(
    { ...fieldsOf(packages), unknown: fc.constantFrom(null, 'no', '12345e67') },
    { requiredKeys: ['package'], noNullPrototype: true },
  );
const fieldsOf = (packages: string[]) => ({
  package: fc.constantFrom(...packages),
  disabled: fc.boolean(),
  pluginConfig: fc.dictionary(fc.stringMatching(/^[a-z.]{1,4}$/), fc.jsonValue({ maxDepth: 3 }), {
    maxKeys: 3,
    noNullPrototype: true,
  }),
  integrity: fc.constant('sha512-abc'),
});
const distinct = { selector: (item: { package: string }) => item.package };
const entries = fc
  .uniqueArray(written([...others, ...orchestrator]), distinct)
  .map((list) => JSON.parse(JSON.stringify(list)));

/** A list as a person keeps it: with a comment at the head, and one above and one behind each entry. */
function withComments(plugins: { package: string }[]): string {
  const document = createDocument({ includes: ['dynamic-plugins.default.yaml'], plugins });
  document.commentBefore = ' kept by hand';
  const list = document.get('plugins') as YAMLSeq<YAMLMap>;
  list.items.forEach((item, index) => {
    item.commentBefore = ` above ${plugins[index].package}`;
    (item.get('package', true) as { comment?: string }).comment = ` behind ${plugins[index].package}`;
  });
  return document.toString({ lineWidth: 0 });
}

const commentsOf = (text: string) =>
  [...text.matchAll(/# (above|behind) (.*)$/gm)].map(([, place, name]) => `${place} ${name}`);

test("leaving out the orchestrator's plugins leaves everything else: entries, order and comments", () => {
  fc.assert(
    fc.property(entries, (plugins) => {
      const list = read(withComments(plugins));
      const rest = plugins.filter((plugin: DynamicPlugin) => !isOrchestratorPackage(plugin.package));
      const left = list.withoutOrchestrator();
      expect(contentOf(left)).toEqual({ includes: ['dynamic-plugins.default.yaml'], plugins: rest });
      expect(textOf(left)).toContain('# kept by hand');
      const comments = rest.flatMap(({ package: name }: DynamicPlugin) => [
        `above ${name}`,
        `behind ${name}`,
      ]);
      expect(commentsOf(textOf(left))).toEqual(comments);
      expect(left.withoutOrchestrator()).toBe(left);
    }),
  );
});

test('adding plugins leaves everything else: entries, order, comments, and what present entries say beside', () => {
  const added = fc
    .uniqueArray(typed(others), { ...distinct, maxLength: 3 })
    .map((list) => JSON.parse(JSON.stringify(list)) as DynamicPlugin[]);
  fc.assert(
    fc.property(entries, added, (plugins, wanted) => {
      const list = read(withComments(plugins));
      const result = list.withPlugins(wanted);
      const content = contentOf(result).plugins as DynamicPlugin[];
      const isNew = (plugin: DynamicPlugin) =>
        !plugins.some((present: DynamicPlugin) => samePlugin(present.package, plugin.package));
      expect(content.map((plugin) => plugin.package)).toEqual([
        ...list.packages,
        ...wanted.filter(isNew).map((plugin) => plugin.package),
      ]);
      plugins.forEach((plugin: DynamicPlugin, index: number) => {
        if (!wanted.some((one) => samePlugin(one.package, plugin.package))) {
          expect(content[index]).toEqual(plugin);
        } else {
          expect(content[index]).toMatchObject(
            'unknown' in plugin && !wanted.some((one) => 'unknown' in one) ? { unknown: plugin.unknown } : {},
          );
        }
      });
      expect(commentsOf(textOf(result)).filter((comment) => comment.startsWith('above'))).toEqual(
        list.packages.map((name) => `above ${name}`),
      );
      expect(result.withPlugins(wanted)).toBe(result);
    }),
  );
});

test('typed values come back from the file as they were', () => {
  fc.assert(
    fc.property(fc.uniqueArray(typed([...others, ...orchestrator]), distinct), (given) => {
      const plugins = JSON.parse(JSON.stringify(given));
      const list = DynamicPlugins.of({ plugins });
      expect(contentOf(list).plugins).toEqual(
        plugins.map((plugin: DynamicPlugin) => ({ disabled: false, ...plugin })),
      );
      expect(read(textOf(list)).packages).toEqual(list.packages);
    }),
  );
});
