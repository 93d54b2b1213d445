import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { bundleRules } from '../../../cli/rollout/findings/rules';
import { readDirectory } from '../../../cli/rollout/bundles/read-directory';
import { refused, type Provocation } from './provocation';

/** What is found in a folder of these files, and of links. */
const reading =
  (files: Readonly<Record<string, string>>, below = '', links: Readonly<Record<string, string>> = {}) =>
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'findings-'));
    try {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folder, name));
      const problems = await refused(() => readDirectory(join(folder, below)));
      return problems.map((problem) => ({ ...problem, message: problem.message.replace(folder, 'dist') }));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

const file = (text: string) => reading({ '0000-x.yaml': text });
const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n';
const anchors = [...'abcdefg'].map((name, index, all) =>
  index === 0
    ? `${name}: &${name} [${'x, '.repeat(10)}]`
    : `${name}: &${name} [${`*${all[index - 1]}, `.repeat(10)}]`,
);

export const bundleProvocations: Readonly<Record<keyof typeof bundleRules, Provocation>> = {
  'no-directory': {
    when: 'there is no such folder',
    provoke: reading({}, 'none'),
    message: 'there is no such directory',
  },
  'no-files': { when: 'the folder is empty', provoke: reading({}), message: 'no YAML file in dist' },
  'no-number': {
    when: 'a name begins with a letter',
    provoke: reading({ 'backstage.yaml': settings }),
    message: 'its name does not start with a number, so its place in the sequence is unknown',
  },
  'unreadable-file': {
    when: 'a link leads to a device that never ends',
    provoke: reading({}, '', { '0000-x.yaml': '/dev/zero' }),
    message: 'it is a device, not a file',
  },
  'file-too-large': {
    when: 'a file has 33 MiB',
    provoke: file(' '.repeat(33 * 1024 * 1024)),
    message: 'a file of 33.0 MiB; at most 32 MiB are read',
  },
  'document-too-large': {
    when: 'a document has 4 MiB',
    provoke: file(`${settings}#${' '.repeat(4 * 1024 * 1024)}\n`),
    message: 'a document of 4.0 MiB; at most 3.0 MiB are read',
  },
  'malformed-yaml': {
    when: 'a key stands twice',
    provoke: file('kind: ConfigMap\nkind: Secret\n'),
    message: 'not valid YAML at column 1: key "kind" stands twice in this map; keep one',
  },
  'yaml-aliases': {
    when: 'aliases of aliases multiply',
    provoke: file(`${anchors.join('\n')}\n`),
    message: 'nearly all of it is repeated by aliases; write the values out instead',
  },
  'empty-file': {
    when: 'there are comments only',
    provoke: file('# nothing\n'),
    message: 'it holds no object',
  },
  'not-an-object': {
    when: 'a document is a list',
    provoke: file('- settings\n'),
    message: 'a document that is a list, not a Kubernetes object',
  },
  'no-kind': {
    when: 'there is none',
    provoke: file('apiVersion: v1\nmetadata: { name: settings }\n'),
    message: 'kind is missing',
  },
  'no-api-version': {
    when: 'it is a group alone',
    provoke: file(settings.replace('v1', 'apps')),
    message: 'apiVersion is "apps"',
  },
  'bad-name': {
    when: 'it is a path',
    provoke: file(settings.replace('settings', 'a/b')),
    message: 'metadata.name is "a/b"',
  },
  'bad-namespace': {
    when: 'it has a capital letter',
    provoke: file(settings.replace('settings', 'settings, namespace: Rhdh')),
    message: 'metadata.namespace is "Rhdh"',
  },
  'object-too-large': {
    when: 'an object has 2 MiB',
    provoke: file(`${settings}data: { key: ${'x'.repeat(2 * 1024 * 1024)} }\n`),
    message: 'an object of 2.0 MiB; Kubernetes stores at most 1.5 MiB',
  },
  'duplicate-object': {
    when: 'two documents have one name',
    provoke: file(`${settings}---\n${settings}`),
    message: 'ConfigMap/settings is already in line 1 of the same file',
  },
};
