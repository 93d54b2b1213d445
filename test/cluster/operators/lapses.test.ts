import type { Client, KubernetesObject } from '../client';
import { Chance } from './chance';
import { KilledError, OperatorClient } from './lapses';
import { overridden } from './overridden';

/** A chance that draws these numbers, one after the other. */
class Drawn extends Chance {
  constructor(private readonly numbers: number[]) {
    super(1);
  }

  override next(): number {
    return this.numbers.shift() ?? 0.99;
  }
}

const reference = { apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', namespace: 'hub' };
const configMap = (value: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace: 'hub' },
  data: { value },
});

/** An API server in which nothing but this object is. */
const serverOf = (live: { object: KubernetesObject }, writes: KubernetesObject[] = []) =>
  ({
    read: () => Promise.resolve(live.object),
    update: (object: KubernetesObject) => Promise.resolve(writes.push(object)),
  }) as unknown as Client;

const behind = 0;
const fresh = 0.9;

test('a cache that is behind has what was read before, nothing where nothing was, and never less than an event brought', async () => {
  const live = { object: configMap('first') };
  const client = new OperatorClient(serverOf(live), new Drawn([behind, fresh, behind, behind, fresh]), {
    staleOneIn: 2,
  });
  const value = async () => (await client.read(reference))?.data.value as string | undefined;

  expect(await value()).toBeUndefined();
  expect(await value()).toBe('first');
  live.object = configMap('second');
  expect(await value()).toBe('first');
  client.know(configMap('second'));
  expect(await value()).toBe('second');
  live.object = configMap('third');
  expect(await value()).toBe('third');
});

test('what is behind of a kind whose changes come by the cache has its event still to come', async () => {
  const server = serverOf({ object: configMap('x') });
  const client = new OperatorClient(server, new Drawn([behind, fresh, behind]), { staleOneIn: 2 });

  await client.read(reference);
  expect(client.isBehind).toBe(false);
  client.follow(reference);
  await client.read(reference);
  expect(client.isBehind).toBe(false);
  await client.read(reference);
  expect(client.isBehind).toBe(true);
});

test('one that is killed before a write has not written', async () => {
  const writes: KubernetesObject[] = [];
  const client = new OperatorClient(serverOf({ object: configMap('x') }, writes), new Drawn([0, 0.9]), {
    killedOneIn: 2,
  });

  await expect(client.update(configMap('new'), 'manager')).rejects.toThrow(KilledError);
  expect(writes).toEqual([]);
  await client.update(configMap('new'), 'manager');
  expect(writes).toEqual([configMap('new')]);
});

test('what is left out or empty stays, and a list is taken as a whole', () => {
  const present = { a: 1, kept: 'x', list: [1, 2], deep: { kept: true, changed: 1 } };

  expect(overridden(present, { a: 2, kept: '', list: [3], deep: { changed: 2 } })).toEqual({
    a: 2,
    kept: 'x',
    list: [3],
    deep: { kept: true, changed: 2 },
  });
});
