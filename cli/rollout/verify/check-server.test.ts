import { checkAnswer, type Expectation } from './check-server';
import type { ServerAnswer } from './server-script';

const expected: Expectation = {
  hub: 'Backstage/hub',
  sslMode: 'verify-full',
  hubDatabases: { prefix: 'backstage_plugin_', names: [], unread: [] },
  databases: ['rhdh-ls'],
  podAddresses: ['10.0.0.7'],
};

const answer: ServerAnswer = {
  version: '15.14',
  ssl: true,
  tls: 'TLSv1.3',
  databases: ['backstage_plugin_app', 'backstage_plugin_catalog', 'postgres', 'rhdh-ls'],
  database: 'postgres',
  schemas: ['public'],
  connections: [
    { database: 'backstage_plugin_app', address: '10.0.0.7', ssl: true, count: 2 },
    { database: 'backstage_plugin_catalog', address: '10.0.0.9', ssl: true, count: 3 },
    { database: 'rhdh-ls', address: '10.0.0.7', ssl: false, count: 1 },
  ],
};

test('a server with TLS, all databases and a connected hub passes', () => {
  expect(
    checkAnswer(answer, expected).map(({ check, outcome, message }) => [check, outcome, message]),
  ).toEqual([
    ['server-tls', 'passed', 'PostgreSQL 15.14 with TLSv1.3, as PGSSLMODE=verify-full demands'],
    ['server-databases', 'passed', '2 of the hub, and rhdh-ls'],
    ['hub-connected', 'passed', '2 databases with 5 connections, 2 from its pods'],
  ]);
});

test('where no TLS is demanded, none is needed', () => {
  const [tls] = checkAnswer({ ...answer, ssl: false, tls: null }, { ...expected, sslMode: undefined });
  expect(tls).toMatchObject({
    outcome: 'passed',
    message: 'PostgreSQL 15.14; no TLS is demanded, none is used',
  });
});

test('connections without the TLS that is demanded, missing databases and a hub that is away are told', () => {
  const plain = { ...answer, ssl: false, tls: null, databases: ['postgres'], connections: [] };
  expect(checkAnswer(plain, expected).map(({ problems }) => problems)).toEqual([
    ['PostgreSQL 15.14 answers without TLS, but PGSSLMODE=verify-full demands it'],
    ['there is no database of the hub: none begins with backstage_plugin_', 'there is no database rhdh-ls'],
    ['nobody is connected to a database of the hub with its user'],
  ]);
});

test('a connection of the hub that is not encrypted is told', () => {
  const connections = [{ database: 'backstage_plugin_app', address: null, ssl: false, count: 4 }];
  expect(checkAnswer({ ...answer, connections }, expected)[0]?.problems).toEqual([
    "4 of the hub's connections to backstage_plugin_app are not encrypted",
  ]);
});

describe('a hub with one database for all plugins', () => {
  const schemas = { ...expected, hubDatabases: { names: ['hub', 'entities'], unread: [] } };
  const connections = [{ database: 'hub', address: '10.0.0.7', ssl: true, count: 2 }];
  const shared = { ...answer, databases: ['hub', 'rhdh-ls'], database: 'hub', connections };

  test('passes with the schemas of its plugins', () => {
    const whole = { ...shared, schemas: ['auth', 'catalog', 'public'] };
    expect(checkAnswer(whole, schemas).map(({ outcome, message }) => [outcome, message])).toEqual([
      ['passed', 'PostgreSQL 15.14 with TLSv1.3, as PGSSLMODE=verify-full demands'],
      ['passed', '1 of the hub with 2 schemas, and rhdh-ls'],
      ['passed', '1 databases with 2 connections, 2 from its pods'],
    ]);
  });

  test('fails where the database is not there, or has no schema of a plugin', () => {
    expect(checkAnswer(answer, schemas).map(({ problems }) => problems)).toEqual([
      [],
      ['there is no database hub'],
      ['nobody is connected to a database of the hub with its user'],
    ]);
    expect(checkAnswer(shared, schemas)[1].problems).toEqual(['database hub has no schema of a plugin']);
  });
});

test('where it is not known which databases are the hub’s, they are not judged, and why is told', () => {
  const unread = { ...expected, hubDatabases: { names: [], unread: ['ConfigMap/config cannot be read'] } };
  expect(checkAnswer(answer, unread)[1]).toMatchObject({
    outcome: 'skipped',
    message: "which databases are the hub's is not known: ConfigMap/config cannot be read",
  });
  expect(checkAnswer({ ...answer, databases: [] }, unread)[1]).toMatchObject({
    outcome: 'failed',
    problems: ['there is no database rhdh-ls'],
  });
});
