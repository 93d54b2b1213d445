import { checkAnswer, type Expectation } from './server-checks';
import type { ServerAnswer } from './server-script';

const expected: Expectation = {
  hub: 'Backstage/hub',
  sslMode: 'verify-full',
  hubDatabases: { prefix: 'backstage_plugin_' },
  databases: ['rhdh-ls'],
  podAddresses: ['10.0.0.7'],
};

const answer: ServerAnswer = {
  version: '15.14',
  ssl: true,
  tls: 'TLSv1.3',
  databases: ['backstage_plugin_app', 'backstage_plugin_catalog', 'postgres', 'rhdh-ls'],
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

test('a hub with one database for all plugins is looked for there', () => {
  const schemas = { ...expected, hubDatabases: { database: 'hub' } };
  expect(checkAnswer(answer, schemas).map(({ problems }) => problems)).toEqual([
    [],
    ['there is no database hub'],
    ['nobody is connected to a database of the hub with its user'],
  ]);
});
