import { createHash } from 'node:crypto';

/** What a name is like whose value is secret. */
const secretWord =
  'pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|(?:api|access|private|encryption|signing)[._-]?key';

/** Whether the value of a variable of this name is secret. */
export function isSecretName(name: string): boolean {
  return new RegExp(secretWord, 'i').test(name);
}

/** Whether a field of this name holds a secret itself, and not the name of one: `password`, not `passwordKey`. */
export function isSecretField(name: string): boolean {
  return new RegExp(`(?:^|[._-]|[a-z](?=[A-Z]))(?:${secretWord})$`, 'i').test(name);
}

/** Neither a reference to a variable, nor masked already. */
const literal = String.raw`(?!["']?(?:\$[({\w]|\*\*\*))`;

/** Secrets by what they look like; the last group is what is secret. What repeats is bounded: a text may be hostile. */
const shapes: readonly RegExp[] = [
  /()(-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$))/g,
  // RFC 3986, userinfo.
  new RegExp(
    String.raw`(\b[a-z][a-z0-9+.-]{0,30}://[^\s:@/"'<>]{0,200}:)${literal}([^\s/"'<>]{1,500})(?=@)`,
    'gi',
  ),
  new RegExp(String.raw`([?&;](?:\w{0,60}(?:${secretWord})|sig|signature)=)${literal}([^&\s"';]+)`, 'gi'),
  new RegExp(String.raw`(--?[\w-]{0,60}(?:${secretWord})=)${literal}("[^"]*"|'[^']*'|[^\s"']+)`, 'gi'),
  new RegExp(String.raw`(--?(?:password|token|secret)\s+)${literal}("[^"]*"|'[^']*'|[^\s"'-][^\s"']*)`, 'gi'),
  // PostgreSQL manual, 34.1.1, connection strings.
  new RegExp(String.raw`(\bpassword\s*=\s*)${literal}('(?:[^'\\]|\\.)*'|[^\s'"]+)`, 'gi'),
  /(\b(?:Bearer|Basic)\s+)([\w.~+/=-]{8,})/g,
  /()(\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*)/g,
  /()(\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|sha256~[\w-]{20,}))/g,
];

/** Values that stand beside their name, in YAML, JSON and files of variables. */
const pairs: readonly RegExp[] = [
  new RegExp(
    String.raw`(["'][\w.-]{0,60}(?:${secretWord})["']\s*:\s*)${literal}("(?:[^"\\]|\\.)*"|'[^']*')`,
    'gi',
  ),
  new RegExp(
    String.raw`([{,]\s{0,20}[\w.-]{0,60}(?:${secretWord})\s{0,20}:\s{0,20})${literal}([^\s,}{[][^,}\n]*)`,
    'gi',
  ),
  new RegExp(
    String.raw`(^[^\S\n]*(?:-\s+|export\s+)?[\w.-]{0,60}(?:${secretWord})[^\S\n]*[:=][^\S\n]*)${literal}(?!(?:[|>][-+0-9]*|true|false|null|~|\{.*|\[.*)\s*$)([^\s].*)$`,
    'gim',
  ),
];

/** A text without the secrets that are known by their shape, whatever it is: a password in a URL, an option, a key. */
export function withoutSecrets(text: string): string {
  return masking(text, shapes);
}

/** The same for the content of a file, where the name beside a value says that it is secret, too. */
export function withoutNamedSecrets(content: string): string {
  return masking(content, [...shapes, ...pairs]);
}

/** A text without these secrets, where each stands by itself or as Go quotes it (fmt, %q), but not as part of a name. */
export function withDigests(text: string, secrets: readonly string[]): string {
  const forms = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  return [...new Set(forms)]
    .sort((a, b) => b.length - a.length)
    .reduce((all, secret) => all.replaceAll(alone(secret), () => digest(secret)), text);
}

function alone(secret: string): RegExp {
  const literally = secret.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w.-])${literally}(?![\\w-])`, 'g');
}

function masking(text: string, patterns: readonly RegExp[]): string {
  return patterns.reduce(
    (all, pattern) => all.replace(pattern, (_, before: string, secret: string) => before + digest(secret)),
    text,
  );
}

/** Salted by this process, so that a short password cannot be guessed from a log. */
const salt = createHash('sha256').update(`${process.pid} ${process.hrtime.bigint()}`).digest();

/** What is shown of a secret: the same for the same value alone. */
export function digest(value: string): string {
  return `*** (${createHash('sha256').update(salt).update(value).digest('hex').slice(0, 6)})`;
}
