import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamicPlugins } from './dynamic-plugins';

const ORCHESTRATOR = '@redhat/backstage-plugin-orchestrator@1.7.1';

function fromText(text: string): DynamicPlugins {
  const path = join(mkdtempSync(join(tmpdir(), 'dynamic-plugins-')), 'list.yaml');
  writeFileSync(path, text);
  return DynamicPlugins.fromFile(path);
}

const textOf = (list: DynamicPlugins): string => list.toConfigMapBody().data['dynamic-plugins.yaml'];

describe('A list of dynamic plugins', () => {
  test('keeps its comments when the plugins of the orchestrator are left out', () => {
    const list = fromText(
      `plugins:\n  # quotes\n  - package: "quotes" # shown to all\n  - package: "${ORCHESTRATOR}"\n`,
    );
    expect(textOf(list.withoutOrchestrator())).toBe(
      'plugins:\n  # quotes\n  - package: "quotes" # shown to all\n',
    );
  });

  test('is the same list where there is nothing to leave out or to add', () => {
    const list = fromText('plugins: [ { package: quotes, disabled: false } ]\n');
    expect(list.withoutOrchestrator()).toBe(list);
    expect(list.withPlugins([{ package: 'quotes' }])).toBe(list);
  });

  test.each([`plugins:\n  - package: "${ORCHESTRATOR}"\n    a: {\n`, '- a\n', 'text\n', ''])(
    'that cannot be read (%j) stays what it is, for synthesis to refuse',
    (text) => {
      const list = fromText(text);
      expect(list._problems).toHaveLength(1);
      expect(list.withoutOrchestrator()).toBe(list);
      expect(list.withPlugins([{ package: 'quotes' }])).toBe(list);
    },
  );
});
