import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';

type Manifest = Record<string, any>;

/** Runs main.ts as `npm run synth` does, with the lab's password variable set or not. */
function synthesize(password?: string) {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-rhdh-lab-'));
  const output: string[] = [];
  const warnings: string[] = [];
  const environment = { ...process.env };
  jest.spyOn(console, 'log').mockImplementation((line) => void output.push(line));
  jest.spyOn(console, 'warn').mockImplementation((line) => void warnings.push(line));
  try {
    process.env.CDK8S_OUTDIR = outdir;
    delete process.env.PG_ADMIN_PASS;
    if (password !== undefined) process.env.PG_ADMIN_PASS = password;
    jest.isolateModules(() => require('./main'));
    const files = readdirSync(outdir, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const contents = files.map((entry) => {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      return [path.slice(outdir.length + 1), readFileSync(path, 'utf8')] as const;
    });
    const text = output.join('\n').replaceAll(outdir, 'dist');
    return { files: new Map(contents.sort()), output: text, warnings };
  } finally {
    process.env = environment;
    jest.restoreAllMocks();
    rmSync(outdir, { recursive: true });
  }
}

const lab = synthesize();

function object(kind: string, name: string, files = lab.files): Manifest {
  const found = [...files.values()]
    .flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as Manifest))
    .filter((manifest) => manifest?.kind === kind && manifest.metadata.name === name);
  expect(found.length).toBeGreaterThanOrEqual(1);
  return found[0];
}

const yaml = (value: unknown) => `\n${stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })}`;

describe('the Backstage resource of the lab', () => {
  const hub = object('Backstage', 'developer-hub');

  test('has this database section', () => {
    expect(yaml(hub.spec.database)).toMatchSnapshot();
  });

  test('has this extraEnvs section', () => {
    expect(yaml(hub.spec.application.extraEnvs)).toMatchSnapshot();
  });

  test('gives its sidecars these Secrets', () => {
    const { containers } = hub.spec.deployment.patch.spec.template.spec;
    expect(yaml(containers.map(({ name, envFrom }: Manifest) => ({ name, envFrom })))).toMatchSnapshot();
  });

  test("names the operator's local Secret nowhere", () => {
    expect(JSON.stringify(hub)).not.toContain('"backstage-psql-secret-developer-hub"');
  });
});

describe('the SonataFlowPlatform of the lab', () => {
  const { services } = object('SonataFlowPlatform', 'sonataflow-platform').spec;

  test('has this persistence for the data index', () => {
    expect(yaml(services.dataIndex.persistence)).toMatchSnapshot();
  });

  test('has this persistence for the jobs service', () => {
    expect(yaml(services.jobService)).toMatchSnapshot();
  });

  test('keeps both services on the same database', () => {
    expect(services.jobService.persistence).toEqual(services.dataIndex.persistence);
  });
});

describe('the password of the lab', () => {
  test('is generated in the cluster, so that no bundle holds a Secret', () => {
    expect([...lab.files.values()].join('---\n')).not.toMatch(/^kind: Secret$/m);
    expect(lab.warnings).toEqual([]);
  });

  test('is plain text, with a warning, where PG_ADMIN_PASS is set', () => {
    const { files, warnings } = synthesize('correct horse');
    const secret = object('Secret', 'my-backstage-psql-secret-developer-hub', files);
    expect(yaml(Object.keys(secret.data))).toMatchSnapshot();
    expect(Buffer.from(secret.data.POSTGRES_PASSWORD, 'base64').toString()).toBe('correct horse');
    expect(warnings).toEqual([
      'Warning: [0000-postgres/postgres] the password of Secret my-backstage-psql-secret-developer-hub ' +
        'stands in the bundle; keep the file out of Git',
    ]);
  });

  test('is refused where PG_ADMIN_PASS is empty', () => {
    expect(() => synthesize('')).toThrow(
      '[0000-postgres/postgres] postgres-statefulset/credentials: the password is empty',
    );
  });
});

describe('synthesis of the lab', () => {
  test('prints each file with its objects and the command that applies it', () => {
    expect(`\n${lab.output}`).toMatchSnapshot();
  });

  test('gives what is committed in dist/', () => {
    const committed = readdirSync('dist', { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const paths = committed
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice('dist/'.length))
      .sort();
    expect(paths).toEqual([...lab.files.keys()]);
    paths.forEach((path) => expect(readFileSync(join('dist', path), 'utf8')).toBe(lab.files.get(path)));
  });

  test('gives the plugins ConfigMap of the orchestrator stage four plugins more than that of the hub', () => {
    const lists = ['0200-backstage', '0400-orchestrator'].map((stage) => {
      const documents = parseAllDocuments(lab.files.get(`${stage}.k8s.yaml`) as string).map((document) =>
        document.toJS(),
      );
      const configMap = documents.find(({ kind }) => kind === 'ConfigMap');
      return parse(configMap.data['dynamic-plugins.yaml']).plugins.map(
        (plugin: Manifest) => plugin.package,
      ) as string[];
    });
    expect(lists[1].filter((name) => !lists[0].includes(name))).toEqual([
      '@redhat/backstage-plugin-orchestrator@1.8.2',
      '@redhat/backstage-plugin-orchestrator-backend-dynamic@1.8.2',
      '@redhat/backstage-plugin-scaffolder-backend-module-orchestrator-dynamic@1.8.2',
      '@redhat/backstage-plugin-orchestrator-form-widgets@1.8.2',
    ]);
    expect(lists[0].filter((name) => !lists[1].includes(name))).toEqual([]);
  });
});
