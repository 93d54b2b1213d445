import { ChildProcess } from 'node:child_process';
import {
  DatabaseMigration,
  ExternalPostgres,
  PostgresAddress,
  PostgresTls,
  Stage,
  StageKind,
} from '../../lib';
import { ObjectsApi } from '../../test/jobs/objects-api';
import { runJob } from '../../test/jobs/pod';
import { objectOf, stageOf } from '../../test/unit/stage';
import { MemoryWatch } from './memory';

/** A unit of the proof that says of both sides that there is nothing to prove. */
const NOTHING = '#!/usr/bin/env bash\n: > "$1/proof/none.source"\n: > "$1/proof/none.target"\n';

/** Runs the Job of the bundle as a process to its end; gives the peak of its memory in MiB. */
export async function ours(source: number, target: number, proof: boolean): Promise<number> {
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
  const unproven = proof ? {} : { 'prove-table.sh': NOTHING, 'prove-rest.sh': NOTHING };
  let memory: MemoryWatch | undefined;
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
    const report = api.configMaps.get(`rhdh/${migration.jobName}`)?.data['report.json'];
    if (code !== 0 || JSON.parse(report ?? '{}').outcome !== 'proven') {
      throw new Error(`The Job ended with exit code ${code}:\n${output}`);
    }
    return memory!.peak;
  } finally {
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
