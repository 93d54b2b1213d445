import type { ChildProcess } from 'node:child_process';
import {
  DatabaseMigration,
  ExternalPostgres,
  PostgresAddress,
  PostgresTls,
  type Stage,
  StageKind,
} from '../../lib';
import { ObjectsApi } from '../../test/jobs/objects-api';
import { runJob } from '../../test/jobs/pod';
import { objectOf, stageOf } from '../../test/unit/stage';
import { MemoryWatch } from './memory';
import { stopwatch } from './stopwatch';
import type { Run } from './way';

/** A unit of the proof that says of both sides that there is nothing to prove. */
const nothing = '#!/usr/bin/env bash\n: > "$1/proof/none.source"\n: > "$1/proof/none.target"\n';

/**
 * Runs the Job of the bundle as a process to its end. The copy has taken until its report arrives: what is proven may be
 * switched to, and the Job gathers the planner's statistics meanwhile.
 */
export async function ours(
  source: number,
  target: number,
  proof: boolean,
): Promise<Omit<Run, 'processorSeconds'>> {
  const api = await ObjectsApi.start();
  const stage = stageOf(StageKind.MIGRATION);
  const migration = new DatabaseMigration(stage, 'migration', {
    name: 'hub',
    source: server(stage, 'source', source),
    target: server(stage, 'target', target),
  });
  const login = { POSTGRES_USER: 'postgres', POSTGRES_PASSWORD: 'trusted' };
  const scripts = objectOf(stage, 'ConfigMap');
  // The product always proves. To see what that costs, the units of the proof do nothing.
  const unproven = proof ? {} : { 'prove-table.sh': nothing, 'prove-rest.sh': nothing };
  const reportOf = () => api.configMaps.get(`rhdh/${migration.jobName}`)?.data['report.json'];
  let seconds: number | undefined;
  let memory: MemoryWatch | undefined;
  const elapsed = stopwatch();
  const watch = setInterval(() => {
    if (reportOf() !== undefined) seconds ??= elapsed();
  }, 10);
  try {
    const { code, output } = await runJob(objectOf(stage, 'Job'), {
      namespace: 'rhdh',
      secrets: { source: login, target: login },
      configMaps: { [scripts.metadata.name]: { ...scripts.data, ...unproven } },
      serviceAccount: { token: 'token', 'ca.crt': api.certificate },
      env: { KUBERNETES_API: api.url },
      started: (child: ChildProcess) => (memory = new MemoryWatch(child.pid!)),
      watchArguments: false,
    });
    const secondsWithStatistics = elapsed();
    if (code !== 0 || seconds === undefined || JSON.parse(reportOf()).outcome !== 'proven') {
      throw new Error(`The Job ended with exit code ${code}:\n${output}`);
    }
    return { seconds, secondsWithStatistics, memory: memory!.peak };
  } finally {
    clearInterval(watch);
    memory?.stop();
    await api.stop();
  }
}

function server(stage: Stage, side: string, port: number): ExternalPostgres {
  return ExternalPostgres.fromSecret(stage, side, {
    address: PostgresAddress.fromHost('127.0.0.1', port),
    tls: PostgresTls.disable(),
    secretName: side,
  });
}
