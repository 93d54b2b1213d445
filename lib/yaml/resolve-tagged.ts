import { resolvePlain, type ScalarValue } from './resolve-scalar';

const core = 'tag:yaml.org,2002:';

/** Scalar of an explicit tag, or why it is none (go-yaml v2, resolve.go and decode.go). */
export type Tagged = { readonly value: ScalarValue } | { readonly problem: string };

/** What go-yaml makes of a scalar with a tag. A tag that it does not know leaves the text as it is. */
export function resolveTagged(tag: string, text: string): Tagged {
  const name = tag.startsWith(core) ? tag.slice(core.length) : '';
  if (name === 'str') return { value: text };
  if (name === 'binary') return binary(text);
  if (name === 'timestamp') return isTimestamp(text) ? { value: text } : mismatch(text, name);
  const types = typesOfTag[name];
  if (types === undefined) return { value: text };
  const value = resolvePlain(text);
  if (!types.includes(typeOf(value, text))) return mismatch(text, name);
  return { value: name === 'float' ? Number(value) : value };
}

/** A whole number beyond 64 bits with sign is no `!!float` to go-yaml, though it is a float without a tag. */
const typesOfTag: Readonly<Record<string, readonly string[]>> = {
  null: ['null'],
  bool: ['bool'],
  int: ['int', 'uint'],
  float: ['int', 'float'],
};

function typeOf(value: ScalarValue, text: string): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return value >= 1n << 63n ? 'uint' : 'int';
  if (typeof value === 'string') return 'str';
  return isWhole(value, text) ? 'int' : 'float';
}

/** Whether go-yaml reads the text of a number as an integer: `1` is one, `1.0`, `1e3` and `08` are none. */
export function isWhole(value: number, text: string): boolean {
  const plain = text.replaceAll('_', '');
  const float = /^[-+]?0[0-9]*[89]/.test(plain) || (/[.eE]/.test(plain) && !/^[-+]?0[xX]/.test(plain));
  return Number.isSafeInteger(value) && !float;
}

function binary(text: string): Tagged {
  const base64 = text.replace(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64)) {
    return { problem: '!!binary holds what is not base64' };
  }
  try {
    return {
      value: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(base64, 'base64')),
    };
  } catch {
    return {
      problem:
        '!!binary holds bytes that are no text, which JSON has no place for; ' +
        'write the base64 without !!binary where base64 is expected',
    };
  }
}

function isTimestamp(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  const date = year === undefined ? new Date(text) : new Date(Date.UTC(+year, +month - 1, +day));
  const known =
    year !== undefined || /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[-+]\d\d:\d\d)$/.test(text);
  return known && !Number.isNaN(date.valueOf()) && (day === undefined || date.getUTCDate() === +day);
}

function mismatch(text: string, name: string): Tagged {
  const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
  return { problem: `${shown} is no !!${name}` };
}
