import { ready, waiting, type Gate } from './gate';

/** A Service is ready at once; one of type LoadBalancer when it has an address. */
export const serviceGate: Gate = ({ spec, status }) => {
  if (spec.type !== 'LoadBalancer') return ready();
  const addresses: unknown[] = status?.loadBalancer?.ingress ?? [];
  return addresses.length > 0 ? ready() : waiting('its load balancer has no address yet');
};
