import type { KubeObject } from './object';
import { digest, isSecretField, isSecretName, withoutNamedSecrets } from './secret-text';

/**
 * An object fit to be shown: values of a Secret and its annotations, of what is called like a secret, and secrets inside
 * other texts are replaced by a short digest that differs when the value does.
 */
export function masked(object: KubeObject): KubeObject {
  const shown = maskedValue(object) as KubeObject;
  if (object.kind !== 'Secret') return shown;
  const { data, stringData, metadata } = object;
  return {
    ...shown,
    ...(isRecord(data) && { data: digests(data) }),
    ...(isRecord(stringData) && { stringData: digests(stringData) }),
    metadata: {
      ...shown.metadata,
      ...(metadata.annotations && { annotations: digests(metadata.annotations) }),
    },
  };
}

/** The texts of an object that are secret, as they stand in it and, of a Secret, decoded. */
export function secretsIn(value: unknown): string[] {
  if (!isRecord(value)) return [];
  const object = value as unknown as KubeObject;
  const encoded = object.kind === 'Secret' && isRecord(object.data) ? Object.values(object.data) : [];
  return [
    ...encoded.map((value) => Buffer.from(String(value), 'base64').toString()),
    ...differingTexts(object, masked(object)),
  ].filter((text) => text !== '');
}

function differingTexts(value: unknown, shown: unknown): string[] {
  if (typeof value === 'string') return value === shown ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    differingTexts(child, (shown as Record<string, unknown>)[key]),
  );
}

function maskedValue(value: unknown): unknown {
  if (typeof value === 'string') return withoutNamedSecrets(value);
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) =>
      typeof item === 'string' && !isReference(item) && isSecretOption(value[index - 1])
        ? digest(item)
        : maskedValue(item),
    );
  }
  if (!isRecord(value)) return value;
  const isSecretVariable = typeof value.name === 'string' && isSecretName(value.name);
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => {
      const isSecret = isSecretField(key) || (key === 'value' && isSecretVariable);
      return [key, isSecret && typeof child === 'string' ? digest(child) : maskedValue(child)];
    }),
  );
}

/** Whether an argument of a program is an option whose value is the next argument: `--db-password`. */
function isSecretOption(argument: unknown): boolean {
  return (
    typeof argument === 'string' && /^--?[\w-]+$/.test(argument) && isSecretField(argument.replace(/^-+/, ''))
  );
}

/** Whether Kubernetes puts a variable's value in its place (Kubernetes API, Container, `args`). */
function isReference(argument: string): boolean {
  return /^\$\(\w+\)$/.test(argument);
}

function digests(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, digest(String(value))]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
