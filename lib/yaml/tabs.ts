import { Lexer } from 'yaml';

/**
 * Offset of the first tab that the parser of Kubernetes refuses, where YAML 1.2 takes it for a space: where a line of
 * a block begins, also an empty one, and where a line goes on after a plain text (go-yaml, scannerc.go).
 */
export function forbiddenTab(text: string): number | undefined {
  if (!/^ *\t|[-?:] *\t/m.test(text)) return undefined;
  const inRoot = /^\s*[[{]/.test(text);
  const at = { offset: 0, depth: 0, before: '\n', newLine: true, inScalar: false, plain: false };
  for (const token of new Lexer().lex(text)) {
    if (['\u0002', '\u0018'].includes(token)) continue;
    if (token === '\u001f') {
      at.inScalar = true;
      continue;
    }
    const isSpace = /^[ \t]+$/.test(token) && !at.inScalar;
    if (isSpace && token.includes('\t') && isForbidden(at) && !inRoot) return at.offset + token.indexOf('\t');
    at.offset += token.length;
    if (isSpace) continue;
    if (at.inScalar) {
      at.plain = !/^["']/.test(token);
    } else if (!/^\s+$/.test(token)) {
      at.plain = false;
      if ('[{'.includes(token[0])) at.depth += 1;
      if (']}'.includes(token[0])) at.depth -= 1;
    }
    at.newLine = !at.inScalar && /^\r?\n/.test(token);
    at.before = token;
    at.inScalar = false;
  }
  return undefined;
}

function isForbidden(at: { depth: number; before: string; newLine: boolean; plain: boolean }): boolean {
  return at.depth === 0 ? at.newLine || /^[?-]$/.test(at.before) : at.newLine && at.plain;
}
