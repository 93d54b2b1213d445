/**
 * What Kubernetes makes of a container's `env[].value`, `command` and `args` (Kubernetes API, Container v1 core:
 * `$(NAME)` is replaced if NAME is known, `$$` is a `$`).
 */
export function expandVariables(text: string, known: Readonly<Record<string, string>>): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (match, name?: string) =>
    match === '$$' ? '$' : (known[name as string] ?? match),
  );
}
