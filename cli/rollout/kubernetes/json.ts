import { toJsonText } from 'cdk8s-rhdh/yaml';
import { isInteger, parse } from 'lossless-json';

/** A run of digits that may be a whole number which a double cannot hold. */
const manyDigits = /\d{16}/;

/** What a JSON text says; a whole number that a double cannot hold is a bigint, as in what is read of YAML. */
export function parseJson(text: string): unknown {
  return manyDigits.test(text) ? parse(text, undefined, numberOf) : JSON.parse(text);
}

/** JSON of plain data, with all digits of its bigints. */
export const jsonOf = toJsonText;

function numberOf(digits: string): number | bigint {
  const value = Number(digits);
  return Number.isSafeInteger(value) || !isInteger(digits) ? value : BigInt(digits);
}
