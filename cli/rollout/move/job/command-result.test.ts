import { failureText } from './command-result';

const result = { command: 'copy', findings: [], databases: [] } as const;

test('a failure names what stands in the way, and no notes beside', () => {
  const findings = [
    { level: 'notes', code: 'a', text: 'an index is invalid' },
    { level: 'refuses', code: 'b', text: 'the target has\nno room' },
  ] as const;
  expect(failureText({ ...result, outcome: 'refused', findings })).toBe(
    "the Job's copy ended as refused\n  - the target has no room",
  );
});

test('an unequal copy names its databases, and what to do', () => {
  const databases = [
    { database: 'backstage_plugin_app', equal: true },
    { database: 'backstage_plugin_catalog', equal: false },
  ];
  expect(failureText({ ...result, outcome: 'unequal', databases })).toBe(
    [
      "the Job's copy ended as unequal",
      'database backstage_plugin_catalog is not equal; the report says in which tables',
      'if somebody wrote to the old server meanwhile, stop them and run again; if somebody wrote to the new server after ' +
        'an earlier proof, and the data of the old one counts, drop these databases of the new server and run again',
    ].join('\n  - '),
  );
});
