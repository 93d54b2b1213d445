import type { RolloutStage } from './rollout-stage';

/** Where most of the bundles go: lock and state are there. */
export function homeNamespace(stages: readonly RolloutStage[], fallback: string): string {
  const counts = new Map<string, number>();
  for (const { object } of stages.flatMap(({ objects }) => objects)) {
    const { namespace } = object.metadata;
    if (namespace !== undefined) counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return most?.[0] ?? fallback;
}
