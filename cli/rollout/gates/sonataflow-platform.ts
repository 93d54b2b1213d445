import {
  jdbcUrlVariable,
  platformServices,
  serviceName,
  serviceReferenceUrl,
  type PlatformService,
  type ServiceReference,
} from 'cdk8s-rhdh/operators';
import type { KubeObject } from '../kubernetes/object';
import { deploymentGate } from './deployment';
import { conditionOf, conditionText, isUnobserved, ready, stuck, waiting, type Gate } from './gate';
import { valueAt } from '../fields/paths';
import type { ObjectSet } from './object-set';
import { isServiceEnabled } from './platform-services';
import { servicePath, unlessEmpty } from './pod-count';

/**
 * A platform is ready when its condition `Succeed` holds and the Deployments of its services run on the
 * database that it names: the operator says `Succeed` before it deploys them (SonataFlow operator,
 * controllers/platform/create.go).
 */
export const sonataFlowPlatformGate: Gate = (platform, objects, asked = platform) => {
  const succeed = conditionOf(platform, 'Succeed');
  if (succeed === undefined) {
    return waiting('the operator has not looked at it yet: is the SonataFlow operator running?');
  }
  if (succeed.reason === 'Duplicated') {
    return stuck(
      'another SonataFlowPlatform of the namespace is active, and there can be one: delete that, or use its name',
    );
  }
  if (succeed.status !== 'True') return waiting(conditionText(succeed) || 'not ready');
  if (isUnobserved(platform)) return waiting('the operator has not looked at the latest change yet');
  for (const service of platformServices) {
    if (!isServiceEnabled(platform, service.field)) continue;
    const state = serviceState(platform, service, objects, valueAt(asked, servicePath(service.field)));
    if (!state.successful) return { ...state, message: `${service.title}: ${state.message}` };
  }
  return ready('its services are available');
};

function serviceState(
  platform: KubeObject,
  service: PlatformService,
  objects: ObjectSet,
  askedPods: unknown,
) {
  const { name, namespace } = platform.metadata;
  const deployment = objects.get('Deployment.apps', namespace, serviceName(name, service.suffix));
  if (deployment === undefined) return waiting('the operator has not made its Deployment yet');
  const wanted = serviceJdbcUrl(platform, service);
  const present = deployedJdbcUrl(deployment);
  if (wanted !== undefined && present !== undefined && wanted !== present) {
    return waiting('the operator has not rolled out its database yet');
  }
  return unlessEmpty(deploymentGate(deployment, objects), deployment, askedPods);
}

/** The URL that the operator makes of a service's persistence (SonataFlow operator, platform/services). */
export function serviceJdbcUrl(platform: KubeObject, service: PlatformService): string | undefined {
  const postgresql =
    platform.spec?.services?.[service.field]?.persistence?.postgresql ??
    platform.spec?.persistence?.postgresql;
  if (typeof postgresql?.jdbcUrl === 'string' && postgresql.jdbcUrl !== '') return postgresql.jdbcUrl;
  const reference: ServiceReference | undefined = postgresql?.serviceRef;
  if (reference === undefined) return undefined;
  const { name, namespace } = platform.metadata;
  return serviceReferenceUrl(reference, { namespace, schema: serviceName(name, service.suffix) });
}

/** The URL that a service's pods are given. */
export function deployedJdbcUrl(deployment: KubeObject): string | undefined {
  const containers: { env?: { name: string; value?: string }[] }[] =
    deployment.spec?.template?.spec?.containers ?? [];
  return containers.flatMap(({ env }) => env ?? []).find(({ name }) => name === jdbcUrlVariable)?.value;
}
