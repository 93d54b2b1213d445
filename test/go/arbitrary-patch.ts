import fc from 'fast-check';

type Json = Record<string, unknown>;

const name = (...names: string[]) => fc.constantFrom(...names);

/** An element of a list: merged, replaced whole, or removed. */
function element(key: fc.Arbitrary<Json>, content: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.tuple(key, content).map(([id, rest]) => ({ ...id, ...rest })) },
    {
      weight: 1,
      arbitrary: fc.tuple(key, content).map(([id, rest]) => ({ $patch: 'replace', ...id, ...rest })),
    },
    { weight: 1, arbitrary: key.map((id) => ({ $patch: 'delete', ...id })) },
  );
}

/** A list of elements with keys of their own, at times with a word on the list itself, or removed. */
function anyList(item: fc.Arbitrary<Json>): fc.Arbitrary<unknown> {
  const elements = fc.uniqueArray(item, { maxLength: 4, selector: ({ $patch: _, ...rest }) => keyOf(rest) });
  return fc.oneof(
    { weight: 8, arbitrary: elements },
    { weight: 1, arbitrary: elements.map((items) => [{ $patch: 'replace' }, ...items]) },
    { weight: 1, arbitrary: fc.constant([{ $patch: 'delete' }]) },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

/** A list of elements, as the constructs add them. */
function plainList(item: fc.Arbitrary<Json>): fc.Arbitrary<unknown> {
  return fc.uniqueArray(item, { maxLength: 4, selector: keyOf });
}

type List = typeof anyList;

const keyOf = (item: Json) =>
  [item.mountPath ?? item.containerPort ?? item.name, item.protocol].map(String).join(' ');

const some = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Json> =>
  fc.record(fields, { requiredKeys: [] });

const variable = element(
  fc.record({ name: name('APP_CONFIG_backend_listen_port', 'MAX_ENTRY_SIZE', 'A', 'B') }),
  fc.oneof(
    fc.record({ value: name('1', 'no', '', 'x: y') }),
    fc.record({
      value: fc.constant(null),
      valueFrom: fc.constant({ fieldRef: { fieldPath: 'spec.nodeName' } }),
    }),
  ),
);

const mount = element(
  fc.record({ mountPath: name('/tmp', '/extensions', '/dynamic-plugins-root', '/data') }),
  fc.record({ name: name('temp', 'data') }),
);

const port = element(
  fc.record({ containerPort: fc.constantFrom(7007, 9464) }),
  some({ name: name('backend', 'metrics') }),
);

const container = (list: List, ...names: string[]) =>
  element(
    fc.record({ name: name(...names) }),
    some({
      image: name('hub:1', 'hub:2'),
      args: fc.oneof(fc.constant(null), fc.array(name('a', 'b'), { maxLength: 2 })),
      env: list(variable),
      envFrom: fc.array(fc.constant({ secretRef: { name: 'login' } }), { maxLength: 1 }),
      volumeMounts: list(mount),
      '$setElementOrder/env': fc.constant([{ name: 'A' }]),
      livenessProbe: fc.constantFrom(null, { $patch: 'delete' }, { periodSeconds: 5 }),
    }),
  );

const backstage = (list: List) =>
  element(
    fc.constant({ name: 'backstage-backend' }),
    some({
      env: list(variable),
      volumeMounts: list(mount),
      ports: list(port),
      resources: fc.constantFrom(null, { limits: { cpu: null, memory: '3Gi' } }),
    }),
  );

const volume = element(
  fc.record({ name: name('temp', 'dynamic-plugins-root', 'data') }),
  fc.constantFrom({ emptyDir: {} }, { ephemeral: null, emptyDir: { medium: 'Memory' } }),
);

const podSpec = (list: List) =>
  some({
    containers: list(fc.oneof(backstage(list), container(list, 'sidecar', 'other'))),
    initContainers: list(container(list, 'install-dynamic-plugins', 'init')),
    volumes: list(volume),
    nodeSelector: fc.constantFrom(null, { disk: 'ssd' }),
    tolerations: fc.array(fc.constantFrom({ key: 'a' }, { key: 'b' }), { maxLength: 2 }),
    automountServiceAccountToken: fc.constantFrom(true, null),
    '$setElementOrder/containers': fc.constant([{ name: 'sidecar' }, { name: 'backstage-backend' }]),
  });

const deployment = (list: List): fc.Arbitrary<Json> =>
  fc.record({
    spec: some({
      replicas: fc.constantFrom(0, 2, null),
      strategy: fc.constantFrom(
        null,
        { type: 'Recreate', rollingUpdate: { $patch: 'delete' } },
        { rollingUpdate: { maxSurge: 1 } },
      ),
      template: some({
        metadata: some({
          labels: fc.constantFrom({ team: 'platform' }, { team: null }),
          annotations: fc.constant({ a: 'b' }),
        }),
        spec: podSpec(list),
      }),
    }),
  });

/** Patches as people write them for `spec.deployment.patch`, with the directives of strategic merge patches. */
export const deploymentPatch = deployment(anyList);

/** Patches that add elements, without a word on a whole list. */
export const addingPatch = deployment(plainList);

/** An element of a list without keys, or a word on the list. */
const toleration = fc.constantFrom<Json>(
  { key: 'a' },
  { key: 'b' },
  { $patch: 'replace' },
  { $patch: 'delete' },
);

const portOfProtocol = element(
  fc.record({ containerPort: fc.constantFrom(7007, 53) }),
  some({ protocol: fc.constantFrom('TCP', 'UDP') }),
);

const listening = (...names: string[]) =>
  fc.record({
    name: name(...names),
    ports: anyList(portOfProtocol),
    env: anyList(variable),
  });

/** Patches with words on lists that the operator has or has not, and ports of several protocols. */
export const listsPatch: fc.Arbitrary<Json> = some({
  containers: plainList(listening('backstage-backend', 'sidecar')),
  initContainers: plainList(listening('install-dynamic-plugins', 'init')),
  imagePullSecrets: anyList(element(fc.record({ name: name('quay', 'mirror') }), fc.constant({}))),
  tolerations: fc.array(toleration, { maxLength: 2 }),
}).map((spec) => ({ spec: { template: { spec } } }));
