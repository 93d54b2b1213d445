import { stringify } from 'yaml';
import { type Crd, parseCrd, type Schema } from './schema';

/** A definition of the kind Widget of example.org whose version v1 has the given schema as its spec. */
export const widgetCrdYaml = (spec: Schema): string =>
  stringify({
    metadata: { name: 'widgets.example.org' },
    spec: {
      group: 'example.org',
      names: { kind: 'Widget', plural: 'widgets' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
        },
        { name: 'v0', served: false, storage: false, schema: { openAPIV3Schema: { type: 'object' } } },
      ],
    },
  });

export const widgetCrd = (spec: Schema): Crd => parseCrd(widgetCrdYaml(spec));

export const widget = (spec: unknown) => ({
  apiVersion: 'example.org/v1',
  kind: 'Widget',
  metadata: { name: 'one' },
  spec,
});
