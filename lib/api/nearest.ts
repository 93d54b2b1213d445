/** The name that was probably meant: a slip of the keyboard away, or a part of what was written. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const distances = names.map((name) => ({
    name,
    distance: distance(written.toLowerCase(), name.toLowerCase()),
  }));
  const [nearest] = distances.sort((one, other) => one.distance - other.distance);
  return nearest !== undefined && nearest.distance <= Math.max(2, written.length / 3)
    ? nearest.name
    : names.find((name) => isPart(written, name));
}

function isPart(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= 4 && long.toLowerCase().includes(short.toLowerCase());
}

/** Levenshtein's distance: insertions, deletions and changes of one character. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next.push(Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[other.length];
}
