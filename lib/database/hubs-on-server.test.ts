import * as fc from 'fast-check';
import { ExternalPostgres, PostgresAddress, PostgresTls, StageKind } from '..';
import { stageOf } from '../../test/unit/stage';
import { areOneServer, placeOf } from './hubs-on-server';

const stage = stageOf(StageKind.POSTGRES, 'rhdh');

/** A server in the namespace `rhdh`. */
const serverAt = (address: PostgresAddress, id: string) =>
  ExternalPostgres.fromSecret(stage, id, { secretName: 'login', address, tls: PostgresTls.disable() });

const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/).filter((text) => text !== 'svc');
const formsOf = (service: string) => [
  PostgresAddress.fromHost(service),
  PostgresAddress.fromHost(`${service}.rhdh`),
  PostgresAddress.fromHost(`${service}.rhdh.svc`),
  PostgresAddress.fromHost(`${service}.rhdh.svc.cluster.local`),
  PostgresAddress.fromHost(`${service}.rhdh.svc.cluster.local.`),
  PostgresAddress.fromHost(`${service}.RHDH.svc`.toUpperCase()),
  PostgresAddress.fromService(service, 'rhdh'),
];

test('a Service is one server in each form of its name, and another at each other name, namespace and port', () => {
  let count = 0;
  fc.assert(
    fc.property(label, label, fc.nat(6), fc.nat(6), (service, other, one, another) => {
      const server = serverAt(formsOf(service)[one], `s${count++}`);
      expect(areOneServer(server, serverAt(formsOf(service)[another], `s${count++}`))).toBe(true);
      const others = [
        ...(other === service ? [] : [formsOf(other)[another]]),
        PostgresAddress.fromService(service, 'elsewhere'),
        PostgresAddress.fromHost(`${service}.example.com`),
        PostgresAddress.fromService(service, 'rhdh', 6432),
      ];
      for (const address of others) {
        expect(areOneServer(server, serverAt(address, `s${count++}`))).toBe(false);
      }
    }),
    { numRuns: 50 },
  );
});

test('a message has a server as it was written', () => {
  expect(placeOf(serverAt(PostgresAddress.fromHost('DB.rhdh.svc'), 'written'))).toBe('DB.rhdh.svc:5432');
});
