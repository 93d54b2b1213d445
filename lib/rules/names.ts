const dns1123Label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const dns1035Label = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
/** IsEnvVarName and IsConfigMapKey (Kubernetes, apimachinery/pkg/util/validation): neither is `.` or begins with `..`. */
const variablePattern = /^(?!\.$|\.\.)[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const secretKeyPattern = /^(?!\.$|\.\.)[-._a-zA-Z0-9]{1,253}$/;

/** Longest identifier PostgreSQL keeps, in bytes (NAMEDATALEN - 1; PostgreSQL manual, 4.1.1). */
export const postgresIdentifierBytes = 63;

/** Why `value` cannot be a Kubernetes name of at most `max` characters; nothing if it can. */
export function labelProblem(what: string, value: string, max = 63): string[] {
  if (dns1123Label.test(value) && value.length <= max) return [];
  return [
    `${what} ${quote(value)} is not a DNS-1123 label of at most ${max} characters; ` +
      `write lower-case letters, digits and '-', beginning and ending with a letter or digit`,
  ];
}

/** Why `value` cannot be the name of a Service (DNS-1035: it begins with a letter); nothing if it can. */
export function serviceNameProblem(what: string, value: string, max = 63): string[] {
  if (dns1035Label.test(value) && value.length <= max) return [];
  return [
    `${what} ${quote(value)} is not a DNS-1035 label of at most ${max} characters, as Services need; ` +
      `write lower-case letters, digits and '-', beginning with a letter`,
  ];
}

/** Why `value` cannot name an object such as a Secret, a ConfigMap or a claim; nothing if it can. */
export function subdomainProblem(what: string, value: string): string[] {
  if (value.length <= 253 && value.split('.').every((label) => dns1123Label.test(label))) return [];
  return [
    `${what} ${quote(value)} is not a DNS-1123 subdomain of at most 253 characters; ` +
      `write lower-case letters, digits, '-' and '.'`,
  ];
}

/** Why `value` cannot be a PostgreSQL identifier; nothing if it can. */
export function postgresIdentifierProblem(what: string, value: string): string[] {
  if (isHalved(value)) {
    return [
      `${what} ${quote(value)} holds half of a surrogate pair, which UTF-8 has no bytes for; leave it out`,
    ];
  }
  const bytes = Buffer.byteLength(value, 'utf8');
  if (bytes >= 1 && bytes <= postgresIdentifierBytes && !value.includes('\0')) return [];
  return [
    `${what} ${quote(value)} takes ${bytes} bytes; ` +
      `PostgreSQL identifiers have 1 to ${postgresIdentifierBytes} bytes and no NUL: write a shorter name`,
  ];
}

/** Why `value` cannot be a TCP port; nothing if it can. */
export function portProblem(what: string, value: number): string[] {
  if (Number.isInteger(value) && value >= 1 && value <= 65535) return [];
  return [`${what} ${value} is not a TCP port; write a whole number from 1 to 65535`];
}

/** Why `value` cannot name an environment variable; nothing if it can. */
export function environmentVariableProblem(what: string, value: string): string[] {
  if (variablePattern.test(value)) return [];
  return [
    `${what} ${quote(value)} cannot name an environment variable; write letters, digits, '_', '-' and '.', beginning with no digit`,
  ];
}

/** Why `value` cannot be a key of a Secret or ConfigMap; nothing if it can. */
export function keyProblem(what: string, value: string): string[] {
  if (secretKeyPattern.test(value)) return [];
  return [
    `${what} ${quote(value)} cannot be a key of a Secret or ConfigMap; ` +
      `write letters, digits, '-', '_' and '.', not beginning with '..'`,
  ];
}

/** Whether a text holds half of a surrogate pair, so that it cannot be written as UTF-8. */
export function isHalved(value: string): boolean {
  return /\p{Surrogate}/u.test(value);
}

function quote(value: string): string {
  const shown = JSON.stringify(value);
  return shown.length > 80 ? `${shown.slice(0, 76)}…"` : shown;
}
