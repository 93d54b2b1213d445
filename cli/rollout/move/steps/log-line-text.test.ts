import { logLineText } from './log-line-text';

const session = {
  side: 'target',
  database: 'backstage_plugin_catalog',
  user: 'postgres',
  address: '198.18.0.15',
  application: 'backstage_plugin_catalog',
  count: 3,
};

test('a session in the log is told in words', () => {
  expect(logLineText(`  ${JSON.stringify(session)}`)).toBe(
    'new server: 3 sessions of postgres in backstage_plugin_catalog from 198.18.0.15 (backstage_plugin_catalog)',
  );
  expect(
    logLineText(JSON.stringify({ ...session, side: 'source', address: '', application: '', count: 1 })),
  ).toBe('old server: 1 session of postgres in backstage_plugin_catalog from the server itself');
});

test.each(['', '  "catalog": 3 tables', '{ no JSON', '{"side":"target"}', '{}'])(
  'the line %j stays as it is',
  (line) => {
    expect(logLineText(line)).toBe(line);
  },
);
