import { k8s } from 'cdk8s-plus-28';
import { objectOf, stageOf } from '../../test/unit/stage';
import { createJob, type ScriptJob } from './script-job';

const job: Required<ScriptJob> = {
  name: 'work',
  labels: { app: 'db' },
  annotations: { note: 'text' },
  image: 'registry.example.com/tools:1',
  container: 'worker',
  script: 'echo done\n',
  env: [{ name: 'A', value: 'b' }, { name: 'LATE' }],
  lateEnv: [() => ({ name: 'LATE', value: 'known now' })],
  volumes: [{ name: 'ca', configMap: { name: 'db-ca' } }],
  volumeMounts: [{ name: 'ca', mountPath: '/etc/ca' }],
  serviceAccountName: 'account',
  resources: { limits: { memory: k8s.Quantity.fromString('256Mi') } },
  deadlineSeconds: 60,
  podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [2] } } as never] },
};

function jobOf(job: ScriptJob) {
  const stage = stageOf();
  createJob(stage, 'job', job);
  return objectOf(stage, 'Job');
}

test('every property reaches the Job', () => {
  const { metadata, spec } = jobOf(job);
  expect(metadata).toEqual({
    name: 'work',
    namespace: 'rhdh',
    labels: { app: 'db' },
    annotations: { note: 'text' },
  });
  const { containers, volumes, serviceAccountName, automountServiceAccountToken } = spec.template.spec;
  expect(containers).toHaveLength(1);
  expect(containers[0]).toMatchObject({
    name: 'worker',
    image: 'registry.example.com/tools:1',
    command: ['bash', '-c', 'echo done\n'],
    env: [
      { name: 'A', value: 'b' },
      { name: 'LATE', value: 'known now' },
    ],
    resources: { limits: { memory: '256Mi' } },
  });
  expect(containers[0].volumeMounts).toEqual([
    { name: 'tmp', mountPath: '/tmp' },
    { name: 'ca', mountPath: '/etc/ca' },
  ]);
  expect(volumes).toEqual([
    { name: 'tmp', emptyDir: {} },
    { name: 'ca', configMap: { name: 'db-ca' } },
  ]);
  expect([serviceAccountName, automountServiceAccountToken]).toEqual(['account', true]);
  expect(spec.activeDeadlineSeconds).toBe(60);
  expect(spec.podFailurePolicy).toEqual({
    rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [2] } }],
  });
});

test('a Job is given 15 minutes and 7 pods, and is kept for a day', () => {
  const { name, image, container, script, env } = job;
  expect(jobOf({ name, image, container, script, env }).spec).toMatchObject({
    activeDeadlineSeconds: 900,
    ttlSecondsAfterFinished: 86400,
  });
});

test('a Job without account has no token, and only /tmp to write to', () => {
  const { name, image, container, script, env } = job;
  const { spec } = jobOf({ name, image, container, script, env }).spec.template;
  expect(spec.automountServiceAccountToken).toBe(false);
  expect(spec.serviceAccountName).toBeUndefined();
  expect(spec.volumes).toEqual([{ name: 'tmp', emptyDir: {} }]);
  expect(spec.containers[0].volumeMounts).toEqual([{ name: 'tmp', mountPath: '/tmp' }]);
});

test('the pod meets the restricted Pod Security Standard', () => {
  const { spec } = jobOf(job).spec.template;
  expect(spec.securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  expect(spec.containers[0].securityContext).toEqual({
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    capabilities: { drop: ['ALL'] },
  });
});
