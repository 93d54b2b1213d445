import { objectsOf, stageOf } from '../../test/unit/stage';
import { LocalPostgres, type LocalPostgresProps } from './local-postgres';

test('the database of a hub is found by the names that the operator gives it', () => {
  const props: Required<LocalPostgresProps> = {
    hub: 'developer-hub',
    clientImage: 'registry.example.com/psql:15',
  };
  const local = new LocalPostgres(stageOf(), 'local', props);
  expect(local.address.host).toBe('backstage-psql-developer-hub.rhdh.svc.cluster.local');
  expect(local.address.port).toBe(5432);
  expect(local.secret.name).toBe('backstage-psql-secret-developer-hub');
  expect(local.secret._keys()).toEqual({ user: 'POSTGRES_USER', password: 'POSTGRES_PASSWORD' });
  expect(local.tls.mode).toBe('disable');
  expect(local.clientImage).toBe('registry.example.com/psql:15');
  expect(objectsOf(local)).toEqual([]);
  expect(local.node.validate()).toEqual([]);
});
