import { parse } from 'yaml';
import { TestFolder } from '../../test/unit/folder';
import type { DynamicPlugin } from './dynamic-plugin';
import { DynamicPlugins, type DynamicPluginsProps } from './dynamic-plugins';
import { RhdhRelease } from '../operators/release';

const orchestrator = '@redhat/backstage-plugin-orchestrator@1.7.1';

const folder = new TestFolder();

function fromText(text: string): DynamicPlugins {
  return DynamicPlugins.fromFile(folder.write('list.yaml', text));
}

const textOf = (list: DynamicPlugins): string => list._configMap().data['dynamic-plugins.yaml'];

describe('a list of dynamic plugins', () => {
  test('keeps its comments when the plugins of the orchestrator are left out', () => {
    const list = fromText(
      `plugins:\n  # quotes\n  - package: "quotes" # shown to all\n  - package: "${orchestrator}"\n`,
    );
    expect(textOf(list.withoutOrchestrator())).toBe(
      'plugins:\n  # quotes\n  - package: "quotes" # shown to all\n',
    );
  });

  test.each([
    ['directly above it', 'plugins:\n  # flows\n', 'plugins:\n'],
    ['above an empty line', 'plugins:\n  # ours\n\n', 'plugins:\n  # ours\n\n'],
    ['in both places', 'plugins:\n  # ours\n\n  # all\n\n  # flows\n', 'plugins:\n  # ours\n\n  # all\n\n'],
  ])('loses the comments of its first plugin with it, and no others: %s', (_, before, after) => {
    const list = fromText(`${before}  - package: "${orchestrator}"\n  # quotes\n  - package: quotes\n`);
    expect(textOf(list.withoutOrchestrator())).toBe(`${after}  # quotes\n  - package: quotes\n`);
  });

  test('is the same list where there is nothing to leave out or to add', () => {
    const list = fromText('plugins: [ { package: quotes, disabled: false } ]\n');
    expect(list.withoutOrchestrator()).toBe(list);
    expect(list.withPlugins([{ package: 'quotes' }])).toBe(list);
  });

  test.each([`plugins:\n  - package: "${orchestrator}"\n    a: {\n`, '- a\n', 'text\n', ''])(
    'that cannot be read (%j) stays what it is, for synthesis to refuse',
    (text) => {
      const list = fromText(text);
      expect(list._problems).toHaveLength(1);
      expect(list.withoutOrchestrator()).toBe(list);
      expect(list.withPlugins([{ package: 'quotes' }])).toBe(list);
    },
  );
});

const quotes: Required<DynamicPlugin> = {
  package: '@scope/quotes@1.2.3',
  disabled: true,
  enabled: false,
  pluginConfig: { quotes: { enabled: 'yes' } },
  integrity: 'sha512-abc',
  dependencies: [{ ref: 'sonataflow' }, {}],
};

describe('typed values', () => {
  test('all reach the ConfigMap', () => {
    const props: Required<DynamicPluginsProps> = {
      configMapName: 'plugins',
      includes: ['a.yaml'],
      plugins: [quotes, { package: 'b' }],
    };
    const list = DynamicPlugins.of(props);
    expect(list.configMapName).toBe('plugins');
    expect(list._configMap()).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'plugins' },
      data: { 'dynamic-plugins.yaml': textOf(list) },
    });
    expect(textOf(list)).toBe(
      [
        'includes:',
        '  - a.yaml',
        'plugins:',
        '  - package: "@scope/quotes@1.2.3"',
        '    disabled: true',
        '    enabled: false',
        '    pluginConfig:',
        '      quotes:',
        '        enabled: "yes"',
        '    integrity: sha512-abc',
        '    dependencies:',
        '      - ref: sonataflow',
        '      - {}',
        '  - package: b',
        '    disabled: false',
        '',
      ].join('\n'),
    );
  });

  test('nothing said is the list that the image ships, in the ConfigMap of the lab', () => {
    const list = DynamicPlugins.of();
    expect(list.configMapName).toBe('dynamic-plugins-rhdh');
    expect(textOf(list)).toBe('includes:\n  - dynamic-plugins.default.yaml\nplugins: []\n');
  });
});

describe('a ConfigMap that is read', () => {
  const manifest = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'mine', labels: { team: 'platform' } },
    immutable: false,
    data: { 'dynamic-plugins.yaml': 'plugins:\n- package: a\n', other: 'text' },
  };

  test('keeps its other keys, labels and fields', () => {
    const list = DynamicPlugins.fromConfigMapFile(folder.write('map.yaml', JSON.stringify(manifest)));
    expect(list.configMapName).toBe('mine');
    expect(list._configMap()).toEqual(manifest);
  });

  test('without list is a problem that says where to write it', () => {
    const path = folder.write('map.yaml', JSON.stringify({ ...manifest, data: {} }));
    expect(DynamicPlugins.fromConfigMapFile(path)._problems).toEqual([
      `${path}: the ConfigMap has no key dynamic-plugins.yaml; write the list under data.dynamic-plugins.yaml`,
    ]);
  });
});

describe('a plugin that is added', () => {
  test('completes the entry of the same plugin, whose version and other words stay', () => {
    const list = fromText(
      'plugins:\n  - package: "@scope/quotes@1.0.0" # pinned\n    disabled: true\n    pluginConfig: { quotes: { color: red } }\n',
    );
    expect(
      textOf(
        list.withPlugins([{ package: '@scope/quotes@2.0.0', pluginConfig: { quotes: { enabled: true } } }]),
      ),
    ).toBe(
      'plugins:\n  - package: "@scope/quotes@1.0.0" # pinned\n    disabled: false\n    pluginConfig: { quotes: { color: red, enabled: true } }\n',
    );
  });

  test('stands behind the package that is said, in order, or at the end', () => {
    const list = fromText('plugins:\n  - package: a\n  - package: b\n');
    const added = [{ package: 'x' }, { package: 'y' }];
    expect(list.withPlugins(added, 'a').packages).toEqual(['a', 'x', 'y', 'b']);
    expect(list.withPlugins(added, 'missing').packages).toEqual(['a', 'b', 'x', 'y']);
    expect(fromText('includes: []\n').withPlugins(added).packages).toEqual(['x', 'y']);
  });

  test('tells which packages are on', () => {
    expect(
      fromText('plugins:\n  - package: a\n    disabled: true\n  - package: b\n').enabledPackages(
        RhdhRelease.V1_8,
      ),
    ).toEqual(['b']);
  });
});

test("a plugin whose configuration has a key '<<' is added to a list that was read, with the key quoted", () => {
  const plugin = { package: './a', pluginConfig: { '<<': null } };
  const text = textOf(fromText('plugins: []\n').withPlugins([plugin]));
  expect(text).toContain('"<<": null');
  expect(parse(text, { version: '1.1' }).plugins).toEqual([{ ...plugin, disabled: false }]);
});
