import { randomBytes } from 'node:crypto';
import type { Client } from './client';
import { Controller, type Operator, type OperatorProps } from './operators/controller';

interface Variable {
  readonly name: string;
  readonly value?: string;
}

/**
 * Plays the containers of the Jobs that generate a Secret (annotation `cdk8s-rhdh/provides`), which kwok only
 * reports as done: creates the Secret that the Job's environment describes, and never overwrites one.
 */
export async function playGeneratedSecrets(client: Client, props: OperatorProps = {}): Promise<Operator> {
  const controller = new Controller(client, props, async (_, namespace, name) => {
    const job = await client.read({ apiVersion: 'batch/v1', kind: 'Job', name, namespace });
    const secretName = job?.metadata.annotations?.['cdk8s-rhdh/provides']?.match(/^Secret\/(.+)$/)?.[1];
    if (!job || !secretName) return;
    if (await client.read({ apiVersion: 'v1', kind: 'Secret', name: secretName, namespace })) return;
    const variables: Variable[] = job.spec.template.spec.containers[0].env ?? [];
    const value = (variable: string) => variables.find((candidate) => candidate.name === variable)?.value;
    const password = randomBytes(16).toString('hex');
    await client.create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: secretName, namespace },
      stringData: {
        POSTGRES_HOST: value('DATABASE_HOST'),
        POSTGRES_PORT: value('DATABASE_PORT'),
        POSTGRES_USER: value('DATABASE_USER'),
        POSTGRES_PASSWORD: password,
        POSTGRESQL_ADMIN_PASSWORD: password,
      },
    });
  });
  await controller.watch({ apiVersion: 'batch/v1', kind: 'Job' }, ({ metadata }) => metadata.name);
  return controller;
}
