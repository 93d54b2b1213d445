/** What a scalar may stand for; a whole number that a double cannot hold is a bigint. */
export type ScalarValue = string | number | bigint | boolean | null;

const words: ReadonlyMap<string, boolean | number | null> = new Map<string, boolean | number | null>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((w) => [w, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (w) => [w, false] as const,
  ),
  ...['', '~', 'null', 'Null', 'NULL'].map((w) => [w, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((w) => [w, NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((w) => [w, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((w) => [w, -Infinity] as const),
]);

/**
 * What go-yaml makes of a plain scalar (v2, resolve.go): neither YAML 1.1 nor 1.2. Sexagesimal numbers and
 * timestamps stay text; `0o17` and `0755` are octal, `08` is 8; what no number of 64 bits holds is a double.
 */
export function resolvePlain(text: string): ScalarValue {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (text.startsWith('.')) return resolveFraction(text);
  return /^[-+0-9]/.test(text) ? resolveNumber(text) : text;
}

/** Underscores may stand between digits (Go, strconv.ParseFloat). */
function resolveFraction(text: string): ScalarValue {
  const digits = text.replace(/(?<=[0-9])_(?=[0-9])/g, '');
  return /^\.[0-9]+([eE][-+]?[0-9]+)?$/.test(digits) ? finite(digits, text) : text;
}

function resolveNumber(text: string): ScalarValue {
  const plain = text.replaceAll('_', '');
  const whole = parseInteger(plain);
  if (whole !== undefined) return whole;
  if (/^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/.test(plain)) return finite(plain, text);
  return text;
}

/** What overflows a double stays text; what underflows is 0. */
function finite(digits: string, text: string): number | string {
  const value = Number(digits);
  return Number.isFinite(value) ? value : text;
}

const integer = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;

/** strconv.ParseInt and ParseUint with base 0; signs inside, as in `0b-1`, are go-yaml's own. */
function parseInteger(plain: string): number | bigint | undefined {
  const [, sign, digits] = integer.exec(plain.replace(/^0b([-+])/, '$10b')) ?? [];
  if (digits === undefined) return undefined;
  const size = BigInt(/^0[0-7]/.test(digits) ? `0o${digits}` : digits);
  const value = sign === '-' ? -size : size;
  const most = sign === '' ? 1n << 64n : 1n << 63n;
  if (value >= most || value < -(1n << 63n)) return undefined;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
