import { authority, serverIn, tlsModes } from '../../test/unit/servers';
import { stageOf } from '../../test/unit/stage';
import { PostgresAddress } from '../database/address';
import { reactiveDatasource } from './reactive-datasource';

const prefix = 'QUARKUS_DATASOURCE_REACTIVE';
const trustFile = [
  { name: `${prefix}_TRUST_CERTIFICATE_PEM`, value: 'true' },
  { name: `${prefix}_TRUST_CERTIFICATE_PEM_CERTS`, value: `/etc/postgres-ca/${authority.key}` },
];

test.each<[string, { name: string; value: string }[]]>([
  ['disable', []],
  ['require', [{ name: `${prefix}_TRUST_ALL`, value: 'true' }]],
  ['verify-ca', trustFile],
  ['verify-full', [...trustFile, { name: `${prefix}_HOSTNAME_VERIFICATION_ALGORITHM`, value: 'HTTPS' }]],
])('TLS mode %s reaches the reactive datasource in the words of Quarkus', (mode, trust) => {
  const demand = mode === 'disable' ? [] : [{ name: `${prefix}_POSTGRESQL_SSL_MODE`, value: mode }];
  expect(reactiveDatasource(serverIn(stageOf(), { tls: tlsModes[mode] }), 'flows', 'jobs')).toEqual([
    { name: `${prefix}_URL`, value: 'postgresql://db.data.svc.cluster.local:5432/flows?search_path=jobs' },
    ...demand,
    ...trust,
  ]);
});

test.each([
  [
    PostgresAddress.fromHost('db.example.com', 6432),
    'flows',
    'jobs',
    'postgresql://db.example.com:6432/flows?search_path=jobs',
  ],
  [
    PostgresAddress.fromHost('fd00::1'),
    'flows',
    'jobs',
    'postgresql://[fd00::1]:5432/flows?search_path=jobs',
  ],
  [PostgresAddress.fromHost('db'), 'a?b&c/d', 'e&f', 'postgresql://db:5432/a%3Fb%26c%2Fd?search_path=e%26f'],
])('%# the URL names server, database and schema, each escaped', (address, database, schema, url) => {
  expect(reactiveDatasource(serverIn(stageOf(), { address }), database, schema)[0].value).toBe(url);
});
