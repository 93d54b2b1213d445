import type { ScalarTag } from 'yaml';

/**
 * What the parser of Kubernetes (go-yaml, readerc.go and scannerc.go) does not read as it stands, or takes for a line
 * break: control characters but tab and line feed, Unicode's line breaks, byte order marks, non-characters, halves of
 * surrogate pairs, and a tab where a block begins.
 */
const unreadable = /^[ \n]*\t|(?![\t\n])\p{Cc}|[\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/u;

/** Those of them that JSON leaves as they are. */
const unreadableInJson = /\p{Cc}|[\u2028\u2029\ufeff\ufffe\uffff]/gu;

/** A text that could not be read as it stands is written in double quotes, with escapes. */
export function readable(tag: ScalarTag): ScalarTag {
  const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return {
    ...tag,
    stringify: (item, ...rest) => {
      const text = String(item.value);
      return unreadable.test(text)
        ? JSON.stringify(text).replace(unreadableInJson, escape)
        : (tag.stringify?.(item, ...rest) ?? text);
    },
  };
}
