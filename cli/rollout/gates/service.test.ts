import { parse } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { ready, waiting } from './gate';
import { ObjectSet } from './object-set';
import { serviceGate } from './service';

const judge = (type: string, status = '{}') =>
  serviceGate(
    parse(`
apiVersion: v1
kind: Service
metadata: { name: db, namespace: rhdh }
spec: { type: ${type} }
status: ${status}
`) as KubeObject,
    new ObjectSet(),
  );

test('a Service inside the cluster is ready at once', () => {
  expect(judge('ClusterIP')).toEqual(ready());
});

test('a load balancer is ready when it has an address', () => {
  expect(judge('LoadBalancer')).toEqual(waiting('its load balancer has no address yet'));
  expect(judge('LoadBalancer', '{ loadBalancer: { ingress: [{ ip: 10.0.0.1 }] } }')).toEqual(ready());
});
