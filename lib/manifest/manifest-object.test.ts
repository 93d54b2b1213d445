import { App, Chart, JsonPatch, Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { ManifestObject } from './manifest-object';
import type { Manifest } from './yaml-file';

function written(manifest: Manifest, change: (object: ManifestObject) => void = () => {}): string {
  const chart = new Chart(new App(), 'chart', { namespace: 'rhdh' });
  const object = new ManifestObject(chart, 'object', manifest);
  change(object);
  return Yaml.stringify(object.toJson());
}

const hub = { apiVersion: 'rhdh.redhat.com/v1alpha4', kind: 'Backstage', metadata: { name: 'hub' } };

test('keys keep their order, and null and unknown fields stay', () => {
  expect(written({ ...hub, spec: { z: 1, a: { volume: null, list: [] } }, extra: {} })).toBe(
    [
      'apiVersion: rhdh.redhat.com/v1alpha4',
      'kind: Backstage',
      'metadata:',
      '  name: hub',
      '  namespace: rhdh',
      'spec:',
      '  z: 1',
      '  a:',
      '    volume: null',
      '    list: []',
      'extra: {}',
      '',
    ].join('\n'),
  );
});

test('changes to the manifest are seen up to synthesis', () => {
  const manifest: Manifest = { ...hub, spec: {} };
  expect(parse(written(manifest, () => (manifest.spec.late = true))).spec).toEqual({ late: true });
});

test('JSON patches are applied last, and leave the manifest as it is', () => {
  const manifest: Manifest = { ...hub, spec: { replicas: 1 } };
  const text = written(manifest, (object) =>
    object.addJsonPatch(JsonPatch.replace('/spec/replicas', 2), JsonPatch.add('/spec/more', {})),
  );
  expect(parse(text).spec).toEqual({ replicas: 2, more: {} });
  expect(manifest.spec).toEqual({ replicas: 1 });
});

test('labels added to the object reach the bundle', () => {
  expect(parse(written(hub, (object) => object.metadata.addLabel('app', 'hub'))).metadata.labels).toEqual({
    app: 'hub',
  });
});

test('any JSON object comes back from the bundle as it was, nulls included', () => {
  const spec = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }), {
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(spec, (value) => {
      const json = JSON.parse(JSON.stringify(value));
      expect(parse(written({ ...hub, spec: json }), { version: '1.1' }).spec).toEqual(json);
    }),
    { numRuns: 500 },
  );
});
