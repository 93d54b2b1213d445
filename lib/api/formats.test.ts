import { apiTypes } from './api-types';
import { formats } from './formats';
import { nameOf } from './mistakes';

/** Whether many values of a type are wrong in most places. */
const isFree = (type: string) => /^(string|number)(\[\]|\{\})?$/.test(type);

test('each text, number and map that the API takes has a format, and no other', () => {
  const taken = Object.entries(apiTypes.structs)
    .filter(([struct]) => !struct.startsWith('k8s.'))
    .map(([struct, fields]): [string, string[]] => [
      struct,
      Object.entries(fields).flatMap(([field, type]) => (isFree(type) ? [nameOf(field)] : [])),
    ])
    .filter(([, fields]) => fields.length > 0);
  const sorted = (fields: [string, string[]][]) =>
    Object.fromEntries(fields.map(([struct, names]) => [struct, [...names].sort()]));
  expect(sorted(Object.entries(formats).map(([struct, fields]) => [struct, Object.keys(fields)]))).toEqual(
    sorted(taken),
  );
});
