import { failureText, isFindingLine, parseResult, withoutOrigin } from './command-result';

const result = { command: 'copy', findings: [], databases: [] } as const;

test('a failure names what stands in the way, and no notes beside', () => {
  const findings = [
    { level: 'notes', code: 'source/invalid-index', text: 'an index is invalid' },
    { level: 'refuses', code: 'target/room', text: 'the target has\nno room' },
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

test('what a script says comes without the line that said it', () => {
  const text =
    'The source cannot be reached: /opt/cdk8s-rhdh/servers.sh: line 27: SOURCE_USER: is not set: the Secret of the source is gone';
  const plain = 'The source cannot be reached: the Secret of the source is gone';
  const line = JSON.stringify({
    command: 'sessions',
    outcome: 'done',
    findings: [{ level: 'notes', code: 'source/unreachable', text }],
  });
  expect(parseResult(line)?.findings).toEqual([{ level: 'notes', code: 'source/unreachable', text: plain }]);
  expect(withoutOrigin('/opt/cdk8s-rhdh/copy.sh: line 3: no room')).toBe('no room');
  expect(withoutOrigin('line 3 of copy.sh: no room')).toBe('line 3 of copy.sh: no room');
});

test('a finding is told once: as such, and not as a line of the log', () => {
  expect(isFindingLine('notes: an index is invalid')).toBe(true);
  expect(isFindingLine('"notes": 3 tables, 4 rows, equal')).toBe(false);
});
