import { children, type Schema } from './schema';

/**
 * Where a schema breaks the rules of structural schemas, which apiextensions.k8s.io/v1 demands
 * (https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/), or lacks a
 * description.
 */
export function structuralProblems(schema: Schema, path = ''): string[] {
  const problems: string[] = [];
  const report = (broken: boolean, what: string) => {
    if (broken) problems.push(`${path || 'root'}: ${what}`);
  };
  const { type, properties, items, additionalProperties } = schema;
  const untyped = schema['x-kubernetes-int-or-string'] || schema['x-kubernetes-preserve-unknown-fields'];
  const mapKeys = schema['x-kubernetes-list-map-keys'];

  report(!type && !untyped, 'has no type');
  report(
    type !== undefined && schema['x-kubernetes-int-or-string'] === true,
    'is int-or-string and has a type',
  );
  report(path === '' && type !== 'object', 'is not an object');
  report(!schema.description, 'has no description');
  report(properties !== undefined && type !== 'object', 'has properties but is no object');
  report(
    properties !== undefined && additionalProperties !== undefined,
    'has properties and additionalProperties',
  );
  report((type === 'array') !== (items !== undefined), 'is an array without items, or has items but is none');
  report(schema['x-kubernetes-preserve-unknown-fields'] === false, 'states preserve-unknown-fields false');
  report(
    (schema['x-kubernetes-list-type'] === 'map') !== (mapKeys !== undefined),
    'is a list map without keys',
  );
  for (const key of mapKeys ?? []) {
    const known = items?.properties?.[key];
    report(!known, `has the list map key ${key}, which its items lack`);
    report(
      !items?.required?.includes(key) && known?.default === undefined,
      `has the list map key ${key}, which is optional`,
    );
  }
  for (const name of schema.required ?? []) {
    report(properties?.[name] === undefined, `requires ${name}, which it does not describe`);
  }
  return problems.concat(children(schema).flatMap(([step, child]) => structuralProblems(child, path + step)));
}
