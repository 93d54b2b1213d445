import { isWhole } from './resolve-tagged';
import type { ScalarValue } from './resolve-scalar';

/** The key of a JSON object that sigs.k8s.io/yaml makes of a key, or why it makes none. */
export type KeyText = { readonly key: string } | { readonly problem: string };

/** @param text the key as it is written */
export function keyText(value: ScalarValue, text: string): KeyText {
  if (value === null) return { problem: 'a key that is null; write it in quotes' };
  if (typeof value === 'bigint' && value >= 1n << 63n) {
    return { problem: `key ${value} is beyond 64 bits; write it in quotes` };
  }
  return { key: typeof value === 'number' && !isWhole(value, text) ? floatKey(value) : String(value) };
}

/** A float key is written with the digits of a float of 32 bits (strconv.FormatFloat 'g', -1, 32). */
function floatKey(value: number): string {
  const float = Math.fround(value);
  if (Number.isNaN(float)) return '.nan';
  if (!Number.isFinite(float)) return float < 0 ? '-.inf' : '.inf';
  if (float === 0) return Object.is(float, -0) ? '-0' : '0';
  const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9].find(
    (count) => Math.fround(Number(float.toPrecision(count))) === float,
  );
  const [mantissa, exponent] = float.toExponential((digits as number) - 1).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return plainDigits(mantissa, power);
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function plainDigits(mantissa: string, power: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${digits}`;
  const whole = digits.slice(0, power + 1).padEnd(power + 1, '0');
  const rest = digits.slice(power + 1);
  return `${sign}${whole}${rest === '' ? '' : `.${rest}`}`;
}
