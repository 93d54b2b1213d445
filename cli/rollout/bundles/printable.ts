/** Control characters, and what changes the direction or shows nothing (Unicode, Cc, Cf, Zl, Zp). */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const unprintable = /[\u0000-\u001f\u007f-\u009f\p{Cf}\u2028\u2029]/gu;

/** Text from a file or a server as one line of a terminal, or in JSON: what cannot be seen becomes an escape. */
export function printable(text: string): string {
  return text.replace(unprintable, (found) =>
    found.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}
