import type { RolloutEvent } from '../event';
import { tellWaiting } from './tell-waiting';

const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x', namespace: 'rhdh' } };

test('an object is told of when it stands in another way than before, and not again', () => {
  const events: RolloutEvent[] = [];
  const tell = tellWaiting('0200-backstage', (event) => events.push(event));
  const waiting = { object, ready: false, message: 'Pending' };
  for (const state of [waiting, waiting, { ...waiting, ready: true, message: 'Running' }]) tell([state]);
  const about = { type: 'waiting', stage: '0200-backstage', object: 'Pod/x', namespace: 'rhdh' };
  expect(events).toEqual([
    { ...about, ready: false, message: 'Pending' },
    { ...about, ready: true, message: 'Running' },
  ]);
});

test('objects of one kind and name in two namespaces are two', () => {
  const events: RolloutEvent[] = [];
  const elsewhere = { ...object, metadata: { name: 'x', namespace: 'other' } };
  const states = [object, elsewhere].map((one) => ({ object: one, ready: false, message: 'Pending' }));
  tellWaiting('0200-backstage', (event) => events.push(event))(states);
  expect(events).toHaveLength(2);
});

test('what is made no event of is not told', () => {
  const events: RolloutEvent[] = [];
  const tell = tellWaiting(
    'hub',
    (event) => events.push(event),
    () => undefined,
  );
  tell([{ object, ready: true, message: 'gone' }]);
  expect(events).toEqual([]);
});
