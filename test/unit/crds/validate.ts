import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import { type Crd, parseCrd, type Schema } from './schema';

interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
}

const dateTime = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/**
 * What an API server with strict field validation would say about a custom resource.
 *
 * Unknown fields count as problems; x-kubernetes-preserve-unknown-fields, x-kubernetes-int-or-string, nullable,
 * defaults and the keys of list maps are honoured. CEL rules (x-kubernetes-validations) and the metadata, apart
 * from being there, are not looked at.
 *
 * @returns one line a problem, empty when the object is valid
 */
export function validateAgainstCrd(object: KubernetesObject, crdYaml: string): string[] {
  const { crd, validators } = compiled(crdYaml);
  const { group, names, versions } = crd.spec;
  const [objectGroup, version = ''] = (object.apiVersion ?? '').split('/');
  if (objectGroup !== group || object.kind !== names.kind) {
    return [`${object.apiVersion} ${object.kind} is not a ${names.kind} of ${group}`];
  }
  const served = versions.filter((candidate) => candidate.served).map(({ name }) => name);
  if (!served.includes(version)) return [`apiVersion: ${version} is not served, but ${served.join(', ')}`];
  let validate = validators.get(version);
  if (!validate) {
    validate = ajv().compile(jsonSchemaOf(crd, version));
    validators.set(version, validate);
  }
  return validate(structuredClone(object)) ? [] : (validate.errors ?? []).map(problem);
}

interface Compiled {
  readonly crd: Crd;
  readonly validators: Map<string, ValidateFunction>;
}

const cache = new Map<string, Compiled>();

function compiled(crdYaml: string): Compiled {
  let entry = cache.get(crdYaml);
  if (!entry) {
    entry = { crd: parseCrd(crdYaml), validators: new Map() };
    cache.set(crdYaml, entry);
  }
  return entry;
}

const within = (low: number, high: number) => (value: number) => low <= value && value <= high;

function ajv(): Ajv {
  const instance = new Ajv({ allErrors: true, strict: false, useDefaults: true });
  instance.addFormat('int32', { type: 'number', validate: within(-(2 ** 31), 2 ** 31 - 1) });
  instance.addFormat('int64', { type: 'number', validate: within(-(2 ** 63), 2 ** 63) });
  instance.addFormat('date-time', dateTime);
  instance.addFormat('byte', /^[A-Za-z0-9+/]*={0,2}$/);
  instance.addFormat('duration', /^-?(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$|^0$/);
  instance.addKeyword({
    keyword: 'x-kubernetes-list-map-keys',
    type: 'array',
    error: { message: 'has two items with the same key' },
    validate: (keys: string[], items: (Record<string, unknown> | null)[]) =>
      new Set(items.map((item) => JSON.stringify(keys.map((key) => item?.[key])))).size === items.length,
  });
  return instance;
}

function jsonSchemaOf(crd: Crd, version: string): Schema {
  const { openAPIV3Schema: root } = crd.spec.versions.find(({ name }) => name === version)!.schema;
  return strict({
    ...root,
    required: ['apiVersion', 'kind', 'metadata', ...(root.required ?? [])],
    properties: {
      ...root.properties,
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    },
  });
}

/** A JSON schema that says what the structural schema says to an API server. */
function strict(schema: Schema): Schema {
  if (schema['x-kubernetes-int-or-string']) {
    return { ...schema, type: undefined, anyOf: [{ type: 'integer' }, { type: 'string' }] };
  }
  const mapped: Record<string, unknown> = { ...schema };
  delete mapped.nullable;
  if (schema.properties) {
    mapped.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, child]) => [name, strict(child)]),
    );
  }
  if (schema.items) mapped.items = strict(schema.items);
  if (typeof schema.additionalProperties === 'object') {
    mapped.additionalProperties = strict(schema.additionalProperties);
  } else if (schema.type === 'object' && schema.additionalProperties === undefined) {
    mapped.additionalProperties = schema['x-kubernetes-preserve-unknown-fields'] === true;
  }
  return schema.nullable ? { anyOf: [{ type: 'null' }, mapped] } : mapped;
}

function problem({ instancePath, keyword, message, params }: ErrorObject): string {
  const path = instancePath.slice(1).replaceAll('/', '.');
  switch (keyword) {
    case 'additionalProperties':
      return `${[path, params.additionalProperty].filter(Boolean).join('.')}: unknown field`;
    case 'required':
      return `${[path, params.missingProperty].filter(Boolean).join('.')}: required`;
    case 'enum':
      return `${path}: must be one of ${params.allowedValues.join(', ')}`;
    default:
      return `${path}: ${message}`;
  }
}
