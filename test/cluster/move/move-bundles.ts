import type { KubernetesObject } from '../client';
import { orchestratorBackend } from '../operators/plugin-list';
import { isSince, type OperatorRelease } from '../operators/releases';
import { neverEnds } from './move-jobs';

export const hub = 'developer-hub';
export const sourceSecret = `backstage-psql-secret-${hub}`;
export const targetSecret = 'psql';

type Content = Omit<KubernetesObject, 'metadata'> & {
  readonly metadata: { readonly name: string; [field: string]: unknown };
};

/** Version of the Backstage API in which the hub of a release is written here. */
export const backstageVersion: Readonly<Record<OperatorRelease, string>> = {
  '1.7': 'rhdh.redhat.com/v1alpha3',
  '1.8': 'rhdh.redhat.com/v1alpha4',
  '1.9': 'rhdh.redhat.com/v1alpha4',
  '1.10': 'rhdh.redhat.com/v1alpha5',
  '2.0': 'rhdh.redhat.com/v1alpha5',
};

/** Whether a hub of the release can move with its orchestrator: 1.7 always makes a platform on the local database. */
export const movesOrchestrator = (release: OperatorRelease) => release !== '1.7';

export const plugins = (release: OperatorRelease, dependencies: string): Content => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'plugins' },
  data: {
    'dynamic-plugins.yaml': movesOrchestrator(release)
      ? `plugins: [{ package: '${orchestratorBackend[release]}', disabled: false${dependencies} }]\n`
      : `plugins: [{ package: ./dynamic-plugins/dist/backstage-plugin-notifications }]\n`,
  },
});

/** With 1.10 nothing but the flavour brings the platform of the operator's own. */
export const flavours = (release: OperatorRelease) =>
  isSince(release, '1.10') ? { flavours: [{ name: 'orchestrator', enabled: true }] } : {};

/** The hub as it was: on the operator's local database, with the operator's own SonataFlowPlatform. */
export const oldHub = (release: OperatorRelease, patch: object = {}): Content => ({
  apiVersion: backstageVersion[release],
  kind: 'Backstage',
  metadata: { name: hub },
  spec: { application: { dynamicPluginsConfigMapName: 'plugins' }, ...flavours(release), ...patch },
});

const newHub = (release: OperatorRelease): Content => ({
  apiVersion: backstageVersion[release],
  kind: 'Backstage',
  metadata: { name: hub },
  spec: {
    application: { dynamicPluginsConfigMapName: 'plugins', extraEnvs: { secrets: [{ name: targetSecret }] } },
    database: { enableLocalDb: false },
    ...flavours(release),
  },
});

/** A workflow on a server: the old one by the operator's Service, or the new one. */
export const workflow = (where: 'old' | 'new'): Content => ({
  apiVersion: 'sonataflow.org/v1alpha08',
  kind: 'SonataFlow',
  metadata: { name: 'greeting', annotations: { 'sonataflow.org/profile': 'gitops' } },
  spec: { flow: { start: 'x', states: [] }, persistence: { postgresql: persistence(where, 'greeting') } },
});

const persistence = (where: 'old' | 'new', schema: string) => ({
  secretRef: {
    name: where === 'old' ? sourceSecret : targetSecret,
    userKey: 'POSTGRES_USER',
    passwordKey: 'POSTGRES_PASSWORD',
  },
  jdbcUrl: `jdbc:postgresql://${where === 'old' ? `backstage-psql-${hub}` : 'db.example.com'}:5432/x?currentSchema=${schema}`,
});

const platform: Content = {
  apiVersion: 'sonataflow.org/v1alpha08',
  kind: 'SonataFlowPlatform',
  metadata: { name: 'sonataflow-platform' },
  spec: {
    services: {
      dataIndex: {
        persistence: { postgresql: persistence('new', 'sonataflow-platform-data-index-service') },
      },
      jobService: { persistence: { postgresql: persistence('new', 'sonataflow-platform-jobs-service') } },
    },
  },
};

const login = (side: string, secret: string) =>
  ['HOST', 'PORT', 'USER', 'PASSWORD'].map((part) => ({
    name: `${side}_${part}`,
    valueFrom: { secretKeyRef: { name: secret, key: `POSTGRES_${part}` } },
  }));

const job: Content = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: `migrate-databases-${hub}`, labels: { 'cdk8s-rhdh/move': hub } },
  spec: {
    backoffLimit: 2,
    podFailurePolicy: {
      rules: [
        { action: 'FailJob', onExitCodes: { containerName: 'migrate', operator: 'In', values: [2, 3] } },
      ],
    },
    template: {
      metadata: { annotations: neverEnds },
      spec: {
        restartPolicy: 'Never',
        containers: [
          {
            name: 'migrate',
            image: 'example.com/postgresql:15',
            env: [
              { name: 'MOVE_COMMAND', value: 'copy' },
              { name: 'REPORT_CONFIG_MAP', value: `migrate-databases-${hub}` },
              ...login('SOURCE', sourceSecret),
              ...login('TARGET', targetSecret),
            ],
          },
        ],
      },
    },
  },
};

/** Makes the orchestrator's database; in the lab it has the name of the operator's own Job. */
const databaseJob: Content = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: `create-sonataflow-database-${hub}` },
  spec: {
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [{ name: 'create', image: 'example.com/postgresql:15', env: login('PG', targetSecret) }],
      },
    },
  },
};

/** The platform's policies, which have the names of the operator's own. */
const networkPolicy: Content = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'allow-external-communication' },
  spec: {
    podSelector: {},
    ingress: [
      {
        from: [{ namespaceSelector: { matchLabels: { 'policy-group.network.openshift.io/ingress': '' } } }],
      },
    ],
  },
};

/** The bundles of a move, by file. */
export const bundles = (release: OperatorRelease): Record<string, Content[]> => ({
  '0000-postgres.yaml': [
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: targetSecret },
      data: Object.fromEntries(
        ['HOST', 'PORT', 'USER', 'PASSWORD'].map((part) => [
          `POSTGRES_${part}`,
          Buffer.from(part).toString('base64'),
        ]),
      ),
    },
  ],
  '0100-migration.yaml': [job],
  '0200-backstage.yaml': [plugins(release, ', dependencies: [{}]'), newHub(release)],
  ...(movesOrchestrator(release) && {
    '0300-sonataflow.yaml': [networkPolicy, databaseJob, platform],
    '0500-workflows.yaml': [workflow('new')],
  }),
});
