import { createHash } from 'node:crypto';
import { kogitoRepository } from '../kogito/install';
import { fillWorkflows, type KogitoDatabase, startServices } from '../kogito/schemas';
import { superuserPassword } from '../postgres/server';
import { dump } from './dump';
import { Move } from './move';

const operator = 'backstage_plugin_orchestrator';
const [index, jobs] = ['sonataflow-platform-data-index-service', 'sonataflow-platform-jobs-service'];
const hub = { user: 'hub', password: `"new" $(password) \\ %` };

let move: Move;

// Flyway and the schemas are fetched when they are not in the cache.
beforeAll(kogitoRepository, 600_000);

beforeEach(async () => {
  move = await Move.start();
});

afterEach(() => move.remove());

test.each([
  ["the operator's", { database: operator, dataIndexSchema: index, jobsServiceSchema: jobs }, []],
  [
    "Helm's, which gets the operator's names",
    { database: 'sonataflow', dataIndexSchema: 'data-index-service', jobsServiceSchema: 'jobs-service' },
    [
      { sourceSchema: 'data-index-service', targetSchema: index },
      { sourceSchema: 'jobs-service', targetSchema: jobs },
    ],
  ],
])(
  "the orchestrator's database is moved, and both services find nothing to migrate and go on writing: %s",
  async (_, names, schemas) => {
    const before = { ...names, server: move.source, user: 'postgres', password: superuserPassword };
    const after = {
      ...hub,
      server: move.target,
      database: operator,
      dataIndexSchema: index,
      jobsServiceSchema: jobs,
    };
    move.source.query(`CREATE DATABASE ${before.database}`);
    expect(await startServices(before)).toEqual(
      [14, 2, 8].map((n) => `Successfully applied ${n} migrations to`),
    );
    fillWorkflows(before);
    move.target.query(`CREATE ROLE hub LOGIN CREATEDB PASSWORD '${hub.password}'`);

    const mappings = schemas.map((each) => ({
      ...each,
      sourceDatabase: before.database,
      targetDatabase: operator,
    }));
    const { result, output } = await move.run({ props: { mappings }, targetLogin: hub });
    expect({ output, ...result }).toMatchObject({
      outcome: 'proven',
      findings: [{ level: 'notes', code: 'target/room' }],
      databases: [{ tables: 27, equal: true }],
    });
    expect(contents(after)).toEqual(contents(before));

    expect(await startServices(after)).toEqual(
      [index, index, jobs].map((name) => `Schema "${name}" is up to date`),
    );
    expect(contents(after)).toEqual(contents(before));
    expect(write()).toEqual(['2|4|0', '1|0|1', '|0|0']);
  },
);

/** All definitions and rows, with Helm's names of the schemas. */
function contents({ server, database }: KogitoDatabase): object {
  const renamed = (text: string) => text.replaceAll('sonataflow-platform-', '');
  const { schema, rows } = dump(server, database);
  // Compared as one value: the difference of so many rows is nothing to print.
  const digest = createHash('sha256').update(rows.map(renamed).sort().join('\n')).digest('hex');
  return { schema: renamed(schema), rows: rows.length, digest };
}

/**
 * What the services write, as the role that owns the databases now: an instance ends and its timer with it, another
 * starts and sets a timer, a third is purged with all that belongs to it.
 * @returns for each: its state, nodes and timers
 */
function write(): string[] {
  const [ends, starts, purged] = [7, 5000, 9].map((n) => `md5('instance ${n}')::uuid::text`);
  move.target.query(
    `SET ROLE hub; SET search_path TO "${index}", "${jobs}";
     UPDATE processes SET state = 2, end_time = now(), variables = variables || '{"result": "größer"}' WHERE id = ${ends};
     INSERT INTO nodes (id, name, process_instance_id) VALUES ('end of it', 'End', ${ends});
     DELETE FROM job_details WHERE recipient->'headers'->>'processInstanceId' = ${ends};
     INSERT INTO processes (id, process_id, version, state) VALUES (${starts}, 'greeting', '1.1', 1);
     INSERT INTO job_details (id, status, recipient)
       SELECT 'new', 'SCHEDULED', jsonb_build_object('headers', jsonb_build_object('processInstanceId', ${starts}));
     DELETE FROM processes WHERE id = ${purged};`,
    operator,
  );
  return [ends, starts, purged].map((id) =>
    move.target
      .query(
        `SET search_path TO "${index}", "${jobs}";
         SELECT (SELECT state FROM processes WHERE id = ${id}), (SELECT count(*) FROM nodes WHERE process_instance_id = ${id}),
           (SELECT count(*) FROM job_details WHERE recipient->'headers'->>'processInstanceId' = ${id})`,
        operator,
      )
      .at(-1)!,
  );
}
