import { commandJob } from './command-job';

const secretKeyRef = { name: 'login', key: 'POSTGRES_HOST' };
const template = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'migrate-databases-hub', namespace: 'rhdh' },
  spec: {
    template: {
      spec: {
        containers: [
          {
            env: [
              { name: 'MOVE_COMMAND', value: 'copy' },
              { name: 'SOURCE_HOST', valueFrom: { secretKeyRef } },
              { name: 'TARGET_HOST', valueFrom: { secretKeyRef } },
            ],
          },
        ],
      },
    },
  },
};

const envOf = (command: Parameters<typeof commandJob>[1]['command']) =>
  commandJob(template, { command, run: '1' }).spec.template.spec.containers[0].env;

test('a command is the Job of the bundle with another value of MOVE_COMMAND', () => {
  expect(envOf('fence')).toEqual([
    { name: 'SOURCE_HOST', valueFrom: { secretKeyRef } },
    { name: 'TARGET_HOST', valueFrom: { secretKeyRef } },
    { name: 'MOVE_COMMAND', value: 'fence' },
  ]);
});

test.each(['sessions', 'written'] as const)(
  '%s runs without the Secret of the old server, too',
  (command) => {
    expect(envOf(command)).toEqual([
      { name: 'SOURCE_HOST', valueFrom: { secretKeyRef: { ...secretKeyRef, optional: true } } },
      { name: 'TARGET_HOST', valueFrom: { secretKeyRef } },
      { name: 'MOVE_COMMAND', value: command },
    ]);
  },
);

test('variables of a run win over those of the bundle', () => {
  const variables = { SOURCE_HOST: 'elsewhere' };
  const job = commandJob(template, { command: 'copy', run: '1', variables });
  expect(job.spec.template.spec.containers[0].env).toEqual([
    { name: 'TARGET_HOST', valueFrom: { secretKeyRef } },
    { name: 'MOVE_COMMAND', value: 'copy' },
    { name: 'SOURCE_HOST', value: 'elsewhere' },
  ]);
});
