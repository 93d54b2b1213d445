import { serverIn } from '../../test/unit/servers';
import { stageOf } from '../../test/unit/stage';
import { demandsOn, noteDemand } from './connection-demand';

test('a server that nobody uses has no demand', () => {
  expect(demandsOn(serverIn(stageOf()))).toEqual([]);
});

test('demands are asked late, in the order in which they were noted, and of their own server only', () => {
  const server = serverIn(stageOf());
  let connections = 1;
  noteDemand(server, () => [{ client: 'hub', connections }]);
  noteDemand(server, () => [{ client: 'workflow', connections: 20 }]);
  noteDemand(serverIn(stageOf()), () => [{ client: 'other', connections: 5 }]);
  connections = 90;
  expect(demandsOn(server)).toEqual([
    { client: 'hub', connections: 90 },
    { client: 'workflow', connections: 20 },
  ]);
});
