import { readFileSync } from 'node:fs';
import { passes, passingReasons } from './patience';

test.each(passingReasons)('$what is waited for', ({ example, says }) => {
  expect(passes(example)).toBe(true);
  expect(passingReasons.filter((reason) => reason.says.test(example))).toEqual([
    expect.objectContaining({ says }),
  ]);
});

test.each(passingReasons)('$what stands in docs/operations.md', ({ what, example }) => {
  const page = readFileSync('docs/operations.md', 'utf8').replace(/\s+/g, ' ');
  expect(page).toContain(`- ${what}: \`${example}\``);
});

test.each([
  'dial tcp 10.0.0.1:443: connect: connection refused',
  'net/http: TLS handshake timeout',
  'context deadline exceeded',
  'lookup quay.io: no such host',
  'toomanyrequests: You have reached your pull rate limit',
  'received unexpected HTTP status: 503 Service Unavailable',
  'pull QPS exceeded',
])('a pull that failed with %j is tried again', (cause) => {
  expect(passes(`ErrImagePull: ${cause}`)).toBe(true);
});

test.each([
  'ImagePullBackOff',
  'ImagePullBackOff: Back-off pulling image "quay.io/rhdh/hub:1.9"',
  'ErrImagePull: reading manifest 1.99 in quay.io/rhdh/hub: manifest unknown',
  'ErrImagePull: pull access denied, repository does not exist or may require authorization',
  'ErrImagePull: unauthorized: access to the requested resource is not authorized',
  'InvalidImageName: couldn\'t parse image name "Hub"',
  'ErrImageNeverPull: Container image "hub" is not present with pull policy of Never',
  'CreateContainerConfigError: secret "postgres" not found',
  'CreateContainerError: failed to generate container spec: no command specified',
  'CrashLoopBackOff: back-off 5m0s restarting failed container=main pod=hub-1',
  'OOMKilled (exit code 137)',
  'FailedCreate: pods "hub-1" is forbidden: exceeded quota: small',
  'FailedCreate: admission webhook "policy.example.com" denied the request: no',
])('%j needs a person', (reason) => {
  expect(passes(reason)).toBe(false);
});
