import type { YamlProblem } from './yaml-problem';

/** Text of a file, without byte order mark, or the first place that is no text. */
export interface DecodedText {
  readonly text: string;
  /** @default - the bytes are text */
  readonly problem?: YamlProblem;
}

/**
 * The text of `bytes` as go-yaml decodes it (readerc.go): UTF-16 where a byte order mark says so, else UTF-8. What is
 * neither is refused, where a lenient reader would put U+FFFD in its place and the text would be lost.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const encoding = encodingOf(bytes);
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    return { text: '', problem: encoding === 'utf-8' ? notUtf8(bytes) : notUtf16(bytes, encoding) };
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return 'utf-8';
}

function notUtf8(bytes: Uint8Array): YamlProblem {
  const lenient = new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  const offset = bytes.findIndex((byte, index) => byte !== lenient[index]);
  const byte = bytes[offset];
  const letter = byte >= 0xa0 ? ` (in Latin-1 it is '${String.fromCharCode(byte)}')` : '';
  return {
    kind: 'encoding',
    ...placeAfter(new TextDecoder().decode(bytes.subarray(0, offset))),
    message: `byte 0x${byte.toString(16)}${letter} is not UTF-8; save the file as UTF-8`,
  };
}

function notUtf16(bytes: Uint8Array, encoding: string): YamlProblem {
  const text = new TextDecoder(encoding).decode(bytes);
  const lost = text.indexOf('\ufffd');
  return {
    kind: 'encoding',
    ...placeAfter(text.slice(0, lost)),
    message: 'half of a surrogate pair, or of a character, is not UTF-16; save the file as UTF-8',
  };
}

function placeAfter(text: string): { line: number; column: number } {
  const lines = text.split('\n');
  return { line: lines.length, column: (lines.at(-1) as string).length + 1 };
}
