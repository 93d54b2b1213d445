/**
 * One part of a URL, percent-encoded. Half of a surrogate pair, which `encodeURIComponent` throws at, becomes U+FFFD, so
 * that the rules can report the name it stands in.
 */
export function percentEncode(part: string): string {
  return encodeURIComponent(Buffer.from(part, 'utf8').toString('utf8'));
}
