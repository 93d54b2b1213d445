import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import {
  CertificateAuthority,
  DynamicPlugins,
  OrchestratorNetworkPolicies,
  OrchestratorPlugins,
  PostgresStatefulSet,
  Credentials,
  PostgresTls,
  RhdhRelease,
  SonataFlowPlatform,
  Stage,
  StageKind,
  Workflow,
  WorkflowHelmValues,
  type WorkflowProps,
} from '..';
import { testRefusals } from '../../test/unit/refusals';
import { type Changes, validApp } from '../../test/unit/valid-app';
import {
  networkPoliciesRules,
  orchestratorPluginsRules,
  sonataflowPlatformRules,
  workflowHelmValuesRules,
  workflowRules,
} from './rules';

const app = (changes: Changes) => () => validApp(changes).app;

const workflow = (props: Partial<WorkflowProps>) => () => {
  const { app: valid, platform, namespace } = validApp();
  const stage = new Stage(valid, StageKind.WORKFLOWS, { namespace });
  new Workflow(stage, 'greeting', {
    name: 'greeting',
    platform,
    image: 'image',
    flow: { states: [{}] },
    ...props,
  });
  return valid;
};

const withPlugins = (release: RhdhRelease, props: { version?: string }) => () => {
  const { app: valid, hub, platform, orchestrator } = validApp({ hub: { release } });
  orchestrator.node.tryRemoveChild('plugins');
  new OrchestratorPlugins(orchestrator, 'plugins', { hub, platform, ...props });
  return valid;
};

const laterServer = () => {
  const { app: valid, server, sonataflow } = validApp();
  new OrchestratorNetworkPolicies(sonataflow, 'policies');
  new PostgresStatefulSet(server, 'later', { name: 'later', credentials: Credentials.fromSecret('login') });
  return valid;
};

const helmValues = (name: string, schema?: string, changes?: Changes) => () => {
  const { app: valid, platform, namespace } = validApp(changes);
  new WorkflowHelmValues(new Stage(valid, StageKind.WORKFLOWS, { namespace }), 'values', {
    name,
    schema,
    platform,
  });
  return valid;
};

const verified: Changes = {
  postgres: {
    tls: PostgresTls.verifyFull(CertificateAuthority.fromConfigMap('postgres-ca')),
    serverCertificate: { secretName: 'postgres-tls' },
  },
};

/** Everything on a server with TLS, and `serviceRef` forced into one resource by hand. */
const forcedServiceRef = (kind: string, path: string) => () => {
  const { app: valid, platform, namespace } = validApp(verified);
  const stage = new Stage(valid, StageKind.WORKFLOWS, { namespace });
  new Workflow(stage, 'greeting', { name: 'greeting', platform, image: 'image', flow: { states: [{}] } });
  const found = valid.node
    .findAll()
    .find((child) => ApiObject.isApiObject(child) && child.kind === kind) as ApiObject;
  found.addJsonPatch(JsonPatch.add(path, { name: 'service' }));
  return valid;
};

const platform = '[0300-sonataflow/platform] sonataflow-platform';
const plugins = '[0400-orchestrator/plugins] orchestrator-plugins';
const workflowRule = '[0500-workflows/greeting] workflow';
const serviceRef = "a serviceRef carries no TLS, and the database demands 'verify-full'; write jdbcUrl";
const schema =
  "would not survive search_path; write lower-case letters, digits, '_' and '-', beginning with a letter";

testRefusals(
  [
    ...sonataflowPlatformRules,
    ...networkPoliciesRules,
    ...orchestratorPluginsRules,
    ...workflowRules,
    ...workflowHelmValuesRules,
  ],
  {
    'network-policies/later-server': [
      {
        when: 'a server is made after the policies',
        app: laterServer,
        report: [
          '[0300-sonataflow/policies] network-policies/later-server: the server later is made after the network policies, ' +
            'which do not know it; make it before them, or write openDatabase: true',
        ],
      },
    ],
    'sonataflow-platform/name': [
      {
        when: 'its name has an underscore',
        app: app({ platform: { name: 'sonataflow_platform' } }),
        report: [
          `${platform}/name: name "sonataflow_platform" is not a DNS-1035 label of at most 44 characters, as Services need; ` +
            "write lower-case letters, digits and '-', beginning with a letter",
        ],
      },
      {
        when: 'the names of its services would be too long',
        app: app({ platform: { name: 'p'.repeat(45) } }),
        report: [
          `${platform}/name: name "${'p'.repeat(45)}" is not a DNS-1035 label of at most 44 characters, as Services need; ` +
            "write lower-case letters, digits and '-', beginning with a letter",
        ],
      },
    ],
    'sonataflow-platform/namespace': [
      {
        when: 'the Secret of its database is in another namespace',
        app: () => {
          const { app: valid, postgres } = validApp();
          new SonataFlowPlatform(new Chart(valid, '0900-elsewhere', { namespace: 'elsewhere' }), 'platform', {
            postgres,
          });
          return valid;
        },
        report: [
          '[0900-elsewhere/platform] sonataflow-platform/namespace: the platform is in namespace elsewhere and Secret hub-postgres-login in rhdh; ' +
            'put both into one namespace',
          '[0900-elsewhere/platform/database] create-database/namespace: the Job is in namespace elsewhere and the Secret hub-postgres-login ' +
            'in rhdh; put both into one namespace',
        ],
      },
    ],
    'sonataflow-platform/service-ref-with-tls': [
      {
        when: 'a serviceRef is forced on a database with TLS',
        app: forcedServiceRef(
          'SonataFlowPlatform',
          '/spec/services/dataIndex/persistence/postgresql/serviceRef',
        ),
        report: [`${platform}/service-ref-with-tls: ${serviceRef}`],
      },
    ],
    'orchestrator-plugins/list': [
      {
        when: 'the hub has no list of plugins',
        app: app({ hub: { plugins: undefined } }),
        report: [
          `${plugins}/list: hub hub has no list of dynamic plugins to add the orchestrator's to; write plugins: DynamicPlugins.of()`,
        ],
      },
    ],
    'orchestrator-plugins/release': [
      {
        when: 'the operator of RHDH 1.7 insists on a platform of its own',
        app: app({ hub: { release: RhdhRelease.V1_7 } }),
        report: [
          `${plugins}/release: RHDH 1.7 always puts a SonataFlowPlatform on the local database; ` +
            'the orchestrator on an external one needs RHDH 1.8 or newer',
        ],
      },
    ],
    'orchestrator-plugins/version': [
      {
        when: 'the checksums of the version are not known',
        app: withPlugins(RhdhRelease.V1_8, { version: '1.8.20' }),
        report: [
          `${plugins}/version: the operator of RHDH 1.8 has no checksum of version 1.8.20; write integrity`,
        ],
      },
      {
        when: 'the z-stream is not known here',
        app: withPlugins(RhdhRelease.V1_8.withZStream('1.8.30'), {}),
        report: [
          `${plugins}/version: it is not known here which version the operator of RHDH 1.8.30 has; write version as in its ` +
            'ConfigMap of default dynamic plugins, and integrity',
        ],
      },
      {
        when: 'the release has its plugins in images',
        app: withPlugins(RhdhRelease.V1_9, { version: '1.8.2' }),
        report: [
          `${plugins}/version: version and integrity are those of npm packages, and RHDH 1.9 has its plugins in images; ` +
            'leave them out',
        ],
      },
    ],
    'orchestrator-plugins/after': [
      {
        when: 'the package is not in the list',
        app: () => {
          const {
            app: valid,
            hub,
            platform,
            orchestrator,
          } = validApp({ hub: { plugins: DynamicPlugins.of({ configMapName: 'p' }) } });
          orchestrator.node.tryRemoveChild('plugins');
          new OrchestratorPlugins(orchestrator, 'plugins', { hub, platform, after: './missing' });
          return valid;
        },
        report: [
          `${plugins}/after: after: package ./missing is not in the list of the hub; name one that is, or leave after out`,
        ],
      },
    ],
    'orchestrator-plugins/namespace': [
      {
        when: 'the platform is in another namespace than the hub',
        app: () => {
          const { app: valid, hub } = validApp();
          const { platform } = validApp({ namespace: 'elsewhere' });
          const chart = new Chart(valid, '0900-more', { namespace: 'rhdh' });
          new OrchestratorPlugins(chart, 'plugins', { hub, platform });
          return valid;
        },
        report: [
          '[0900-more/plugins] orchestrator-plugins/namespace: hub hub is in namespace rhdh and platform sonataflow-platform in elsewhere; ' +
            'put both into one namespace',
        ],
      },
    ],
    'workflow/name': [
      {
        when: 'the name has upper case',
        app: workflow({ name: 'Greeting' }),
        report: [
          `${workflowRule}/name: name "Greeting" is not a DNS-1035 label of at most 63 characters, as Services need; ` +
            "write lower-case letters, digits and '-', beginning with a letter",
        ],
      },
    ],
    'workflow/schema': [
      {
        when: 'the schema has a comma',
        app: workflow({ schema: 'a,b' }),
        report: [`${workflowRule}/schema: schema "a,b" ${schema}`],
      },
      {
        when: 'the schema is too long',
        app: workflow({ schema: 's'.repeat(64) }),
        report: [
          `${workflowRule}/schema: schema "${'s'.repeat(64)}" takes 64 bytes; ` +
            'PostgreSQL identifiers have 1 to 63 bytes and no NUL: write a shorter name',
        ],
      },
    ],
    'workflow/flow': [
      {
        when: 'the flow has no states',
        app: workflow({ flow: {} }),
        report: [
          `${workflowRule}/flow: flow has no states; ` +
            'write the workflow as in the Serverless Workflow specification 0.8, with start and states',
        ],
      },
    ],
    'workflow/profile': [
      {
        when: 'there is no image to run',
        app: workflow({ image: undefined }),
        report: [
          `${workflowRule}/profile: profile GITOPS runs an image that was built before; ` +
            'write image, or profile: WorkflowProfile.PREVIEW to build in the cluster',
        ],
      },
    ],
    'workflow/namespace': [
      {
        when: 'the platform is in another namespace',
        app: workflow({ platform: validApp({ namespace: 'elsewhere' }).platform }),
        report: [
          `${workflowRule}/namespace: the workflow is in namespace rhdh and its platform in elsewhere; put both into one namespace`,
        ],
      },
    ],
    'workflow/service-ref-with-tls': [
      {
        when: 'a serviceRef is forced on a database with TLS',
        app: forcedServiceRef('SonataFlow', '/spec/persistence/postgresql/serviceRef'),
        report: [`${workflowRule}/service-ref-with-tls: ${serviceRef}`],
      },
    ],
    'workflow-helm-values/name': [
      {
        when: 'its name has upper case',
        app: helmValues('Greeting'),
        report: [
          '[0500-workflows/values] workflow-helm-values/name: name "Greeting" is not a DNS-1123 label of at most 53 characters; ' +
            "write lower-case letters, digits and '-', beginning and ending with a letter or digit",
        ],
      },
      {
        when: 'the name is too long for a Helm release',
        app: helmValues('w'.repeat(54)),
        report: [
          `[0500-workflows/values] workflow-helm-values/name: name "${'w'.repeat(54)}" is not a DNS-1123 label of at most 53 characters; ` +
            "write lower-case letters, digits and '-', beginning and ending with a letter or digit",
        ],
      },
    ],
    'workflow-helm-values/schema': [
      {
        when: 'the schema has upper case',
        app: helmValues('greeting', 'Greeting'),
        report: [`[0500-workflows/values] workflow-helm-values/schema: schema "Greeting" ${schema}`],
      },
    ],
    'workflow-helm-values/authority': [
      {
        when: 'the database verifies certificates',
        app: helmValues('greeting', undefined, verified),
        report: [
          "[0500-workflows/values] workflow-helm-values/authority: tls 'verify-full' needs the certificates of ConfigMap postgres-ca " +
            'in the pod, and the chart of workflow greeting has no value that mounts them; write a Workflow instead, which does',
        ],
      },
    ],
  },
);
