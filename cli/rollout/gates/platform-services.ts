import type { PlatformService } from 'cdk8s-rhdh/operators';
import type { KubeObject } from '../kubernetes/object';

/** A service runs unless it is switched off; one that is not named at all does not run. */
export function isServiceEnabled(platform: KubeObject, field: PlatformService['field']): boolean {
  const service: { enabled?: boolean } | undefined = platform.spec?.services?.[field];
  return service !== undefined && service.enabled !== false;
}
