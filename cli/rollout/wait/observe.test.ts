import { apiWith } from '../../../test/unit/findings/api-server';
import type { ObjectSet } from '../gates/object-set';
import { observe } from './observe';

const configMap = { apiVersion: 'v1', kind: 'ConfigMap' };
const object = { ...configMap, metadata: { name: 'x', namespace: 'rhdh' } };
const kinds = [{ ...configMap, namespace: 'rhdh' }];
const names = (objects: ObjectSet) => objects.list('ConfigMap', 'rhdh').map(({ metadata }) => metadata.name);

let interrupt: AbortController;
beforeEach(() => (interrupt = new AbortController()));

test('a look that is done ends the waiting, with what it has seen', async () => {
  const look = (objects: ObjectSet) => ({ value: names(objects), done: true });
  expect(await observe(apiWith([object]), kinds, look, interrupt)).toMatchObject({
    outcome: 'done',
    last: ['x'],
  });
});

test('it is looked again at the time that a look says, although nothing changes', async () => {
  let looks = 0;
  const look = () => ({ value: ++looks, done: looks === 3, again: Date.now() });
  expect(await observe(apiWith([object]), kinds, look, interrupt)).toMatchObject({
    outcome: 'done',
    last: 3,
  });
});

test('when the time is up, the last look counts', async () => {
  const look = (objects: ObjectSet) => ({ value: names(objects), done: false });
  const options = { timeout: 50, signal: interrupt.signal };
  expect(await observe(apiWith([object]), kinds, look, options)).toMatchObject({
    outcome: 'timeout',
    last: ['x'],
  });
});

test('an interruption ends it after the look under way', async () => {
  const look = () => {
    interrupt.abort();
    return { value: 'seen', done: false };
  };
  expect(await observe(apiWith([object]), kinds, look, interrupt)).toMatchObject({
    outcome: 'interrupted',
    last: 'seen',
  });
});

test('it ends in time although a server does not answer, and nobody has looked', async () => {
  const silent = apiWith([]);
  silent.list = () => new Promise(() => undefined);
  const look = jest.fn();
  const options = { timeout: 50, signal: interrupt.signal };
  expect(await observe(silent, kinds, look, options)).toMatchObject({ outcome: 'timeout', last: undefined });
  expect(look).not.toHaveBeenCalled();
});

test('what may not be listed ends it, unless it is optional', async () => {
  const look = (objects: ObjectSet) => ({ value: names(objects), done: true });
  const forbidden = apiWith([object], ['configmaps']);
  await expect(observe(forbidden, kinds, look, interrupt)).rejects.toThrow('cannot read configmaps');
  const optional = kinds.map((kind) => ({ ...kind, optional: true }));
  expect(await observe(forbidden, optional, look, interrupt)).toMatchObject({ outcome: 'done', last: [] });
});
