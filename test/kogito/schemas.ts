import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PostgresServer } from '../postgres/server';
import { flywayPlugin, kogitoRepository } from './install';

const workflows = readFileSync(join(__dirname, 'workflows.sql'), 'utf8');
const modules = ['data-index', 'persistence-commons', 'jobs-service'];

/** Where the two services of SonataFlow have their tables, and who they log in as. */
export interface KogitoDatabase {
  readonly server: PostgresServer;
  readonly database: string;
  readonly dataIndexSchema: string;
  readonly jobsServiceSchema: string;
  readonly user: string;
  readonly password: string;
}

/**
 * What both services do to their schemas when they start.
 * @returns what Flyway said of each module: how many migrations it applied, or that there was nothing to do
 */
export async function startServices(where: KogitoDatabase): Promise<string[]> {
  const url = (schema: string) =>
    `jdbc:postgresql://127.0.0.1:${where.server.port}/${where.database}?currentSchema=${schema}`;
  const output = await flywayPlugin(
    await kogitoRepository(),
    [
      '--offline',
      `-DdataIndex=${url(where.dataIndexSchema)}`,
      `-DjobsService=${url(where.jobsServiceSchema)}`,
      ...modules.map((module) => `flyway:migrate@${module}`),
    ],
    { FLYWAY_USER: where.user, FLYWAY_PASSWORD: where.password },
  );
  return [
    ...output.matchAll(/^\[INFO\] (Successfully applied \d+ migrations? to|Schema .* is up to date)/gm),
  ].map(([, said]) => said!);
}

/** Fills the schemas with what months of workflows leave. */
export function fillWorkflows({
  server,
  database,
  dataIndexSchema,
  jobsServiceSchema,
}: KogitoDatabase): void {
  server.query(
    `\\set data_index '${dataIndexSchema}'\n\\set jobs_service '${jobsServiceSchema}'\n${workflows}`,
    database,
  );
}
