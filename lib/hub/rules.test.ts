import {
  CertificateAuthority,
  Credentials,
  PostgresTls,
  AdoptedHub,
  ClaimAccess,
  DeploymentKind,
  type DynamicPlugin,
  DynamicPlugins,
  DynamicPluginsRoot,
  type HubProps,
  RhdhRelease,
} from '..';
import { adopted, backstage, configMap, withAppConfig } from '../../test/unit/adopted-app';
import { testRefusals } from '../../test/unit/refusals';
import { validApp } from '../../test/unit/valid-app';
import { hubRules } from './rules';

const hub = (props: Partial<HubProps>) => () => validApp({ hub: props }).app;

const elsewhere = (plugins: DynamicPlugin[]) =>
  hub({ orchestratorElsewhere: true, plugins: DynamicPlugins.of({ plugins }) });

const containersPath = 'spec.deployment.patch.spec.template.spec.containers';
const patchedBackstage = (pod: string) =>
  backstage.replace('{}', `{ deployment: { patch: { spec: { template: { spec: { ${pod} } } } } } }`);

const hubRule = '[0200-backstage/hub] hub';
const subdomain =
  "is not a DNS-1123 subdomain of at most 253 characters; write lower-case letters, digits, '-' and '.'";

testRefusals(hubRules, {
  'hub/name': [
    {
      when: 'the name has upper case',
      app: hub({ name: 'Hub' }),
      report: [
        `${hubRule}/name: name "Hub" is not a DNS-1123 label of at most 40 characters; ` +
          "write lower-case letters, digits and '-', beginning and ending with a letter or digit",
      ],
    },
    {
      when: 'the name is too long for the objects of the operator',
      app: hub({ name: 'h'.repeat(41) }),
      report: [
        `${hubRule}/name: name "${'h'.repeat(41)}" is not a DNS-1123 label of at most 40 characters; ` +
          "write lower-case letters, digits and '-', beginning and ending with a letter or digit",
      ],
    },
  ],
  'hub/z-stream': [
    {
      when: 'the z-stream is one of another release',
      app: () => validApp({ hub: { release: RhdhRelease.V1_8.withZStream('1.9.1') } }).app,
      report: [`${hubRule}/z-stream: z-stream "1.9.1" is none of RHDH 1.8; write one such as '1.8.1'`],
    },
    {
      when: 'the z-stream is no text',
      app: () =>
        validApp({ hub: { release: RhdhRelease.V1_8.withZStream(undefined as unknown as string) } }).app,
      report: [`${hubRule}/z-stream: z-stream "undefined" is none of RHDH 1.8; write one such as '1.8.1'`],
    },
  ],
  'hub/connected': [
    {
      when: 'connect was never called',
      app: () => validApp({ connect: false }).app,
      report: [
        `${hubRule}/connected: hub hub has no database and would keep the operator's local one; write hub.connect(postgres)`,
      ],
    },
  ],
  'hub/namespace': [
    {
      when: 'the adopted resource is in another namespace than its stage',
      app: adopted({ backstage: backstage.replace('name: hub', 'name: hub, namespace: other') }),
      report: [
        `${hubRule}/namespace: the resource names namespace other and its stage rhdh; write one of them in both places`,
      ],
    },
    {
      when: 'the Secret of the database is in another namespace',
      app: () => {
        const { app, hub: unconnected } = validApp({ connect: false });
        const elsewhere = validApp({ namespace: 'elsewhere' });
        unconnected.connect(elsewhere.postgres);
        return app;
      },
      report: [
        `${hubRule}/namespace: the hub is in namespace rhdh and Secret hub-postgres-login of its database in elsewhere; ` +
          'put both into one namespace, the server itself may be anywhere',
      ],
    },
  ],
  'hub/release-field': [
    {
      when: 'RHDH 1.8 is asked for flavours and a kind of workload',
      app: hub({
        flavours: [{ name: 'lightspeed', enabled: false }],
        deploymentKind: DeploymentKind.STATEFUL_SET,
      }),
      report: [
        `${hubRule}/release-field: RHDH 1.8 has no field spec.deployment.kind; 1.9 and newer have it: leave out deploymentKind`,
        `${hubRule}/release-field: RHDH 1.8 has no field spec.flavours; 1.10 and newer have it: leave out flavours`,
      ],
    },
    {
      when: 'a field is gone from the release',
      app: () => {
        const app = adopted({
          backstage: backstage
            .replace('spec: {}', 'spec: { application: { replicas: 2 } }')
            .replace('v1alpha4', 'v1alpha5'),
        })();
        const found = app.node.findAll().find((construct) => construct instanceof AdoptedHub) as AdoptedHub;
        Object.assign(found, { release: RhdhRelease.V1_9 });
        return app;
      },
      report: [
        `${hubRule}/release-field: RHDH 1.9 has no field spec.application.replicas; releases up to 1.8 have it: ` +
          'write replicas of the Hub, which go to spec.deployment.patch',
      ],
    },
  ],
  'hub/orchestrator': [
    {
      when: 'the list has the orchestrator and no stage adds it',
      app: adopted({
        plugins: configMap(
          'dynamic-plugins.yaml',
          "plugins: [{ package: '@redhat/backstage-plugin-orchestrator@1.8.2' }]",
        ),
      }),
      report: [
        `${hubRule}/orchestrator: @redhat/backstage-plugin-orchestrator@1.8.2 is in the list, but no OrchestratorPlugins adds it in the ` +
          'orchestrator stage, so it would be dropped; add OrchestratorPlugins with a SonataFlowPlatform, ' +
          'write orchestratorElsewhere: true if there is one outside this app, or take it out of the list',
      ],
    },
    {
      when: 'the flavour brings it and no stage adds it',
      app: adopted(
        {
          backstage: backstage
            .replace('v1alpha4', 'v1alpha5')
            .replace('{}', '{ flavours: [{ name: orchestrator, enabled: true }] }'),
        },
        undefined,
        { release: RhdhRelease.V1_10 },
      ),
      report: [
        `${hubRule}/orchestrator: flavour orchestrator brings a SonataFlowPlatform on the local database; ` +
          'add OrchestratorPlugins with a SonataFlowPlatform, or take the flavour out',
      ],
    },
  ],
  'hub/orchestrator-elsewhere': [
    {
      when: 'the backend leaves its dependencies to the operator',
      app: elsewhere([{ package: RhdhRelease.V1_8.orchestratorPackages.backend }]),
      report: [
        `${hubRule}/orchestrator-elsewhere: @redhat/backstage-plugin-orchestrator-backend-dynamic@1.8.2 lets the operator make a ` +
          'SonataFlowPlatform on the local database; write dependencies: [{}]',
      ],
    },
    {
      when: 'a package has no checksum that the operator knows',
      app: elsewhere([{ package: '@redhat/backstage-plugin-orchestrator@1.8.9' }]),
      report: [
        `${hubRule}/orchestrator-elsewhere: @redhat/backstage-plugin-orchestrator@1.8.9 has no integrity, and the operator of ` +
          'RHDH 1.8 knows that of @redhat/backstage-plugin-orchestrator@1.8.2 alone; write that, or the integrity of the package',
      ],
    },
    {
      when: 'the plugins name two data indexes',
      app: elsewhere(
        (['backend', 'scaffolderModule'] as const).map((role) => ({
          package: RhdhRelease.V1_8.orchestratorPackages[role],
          dependencies: [{}],
          pluginConfig: { orchestrator: { dataIndexService: { url: `http://${role}` } } },
        })),
      ),
      report: [
        `${hubRule}/orchestrator-elsewhere: the orchestrator's plugins name 2 data indexes (http://backend, http://scaffolderModule); ` +
          'write one url in all',
      ],
    },
  ],
  'hub/duplicate-plugin': [
    {
      when: 'two versions of one plugin are in the list of a release that refuses them',
      app: hub({
        release: RhdhRelease.V1_9,
        plugins: DynamicPlugins.of({ plugins: [{ package: 'quotes@1.0.0' }, { package: 'quotes@2.0.0' }] }),
      }),
      report: [
        `${hubRule}/duplicate-plugin: quotes@1.0.0 and quotes@2.0.0 are one plugin, which RHDH 1.9 cannot have twice; ` +
          'keep one of the entries',
      ],
    },
  ],
  'hub/containers': [
    {
      when: "'*' stands beside a name",
      app: adopted({
        backstage: withAppConfig.replace(
          'application: {',
          "application: { extraEnvs: { envs: [{ name: A, value: b, containers: ['*', backstage-backend] }] },",
        ),
      }),
      report: [
        `${hubRule}/containers: spec.application.extraEnvs.envs[0].containers has '*' beside other names; write ['*'] for each ` +
          'container, or the names alone',
      ],
    },
  ],
  'hub/raw-config': [
    {
      when: 'its Deployment names the container of Backstage in another way',
      app: adopted({
        backstage: backstage.replace('{}', '{ rawRuntimeConfig: { backstageConfig: config } }'),
        appConfig: configMap(
          'deployment.yaml',
          'kind: Deployment\nspec: { template: { spec: { containers: [{ name: hub }] } } }',
        ),
      }),
      report: [
        `${hubRule}/raw-config: ConfigMap config, deployment.yaml: has no container backstage-backend, in which the operator runs ` +
          'Backstage; add it',
      ],
    },
  ],
  'hub/patch': [
    {
      when: 'the patch has two elements of one name',
      app: adopted({
        backstage: patchedBackstage('containers: [{ name: a, image: a:1 }, { name: a, image: a:2 }]'),
      }),
      report: [
        `${hubRule}/patch: spec.deployment.patch.spec.template.spec.containers[1] is a second element of containers "a", which the ` +
          'operator drops; merge it into spec.deployment.patch.spec.template.spec.containers[0]',
      ],
    },
    {
      when: 'an element deep in the patch has no key',
      app: adopted({
        backstage: patchedBackstage('containers: [{ name: a, volumeMounts: [{ name: data }] }]'),
      }),
      report: [
        `${hubRule}/patch: spec.deployment.patch.spec.template.spec.containers[0].volumeMounts[0] has no mountPath, by which the ` +
          'operator merges; write it',
      ],
    },
    {
      when: 'a word on a whole list stands where the operator has no such list, or replaces it anyway',
      app: adopted({
        backstage: patchedBackstage(
          'imagePullSecrets: [{ $patch: replace }, { name: quay }], tolerations: [{ $patch: delete }], ' +
            'volumes: [{ $patch: replace }], containers: [{ name: new, env: [{ $patch: replace }] }]',
        ),
      }),
      report: [
        `${hubRule}/patch: spec.deployment.patch.spec.template.spec.imagePullSecrets[0] is a word on a list that the operator has not, ` +
          'which it takes for an element; take it out',
        `${hubRule}/patch: spec.deployment.patch.spec.template.spec.tolerations[0] is a word on a list that is replaced anyway, ` +
          'which it takes for an element; take it out',
      ],
    },
    ...[
      'spec: null',
      'spec: { template: null }',
      'spec: { template: { spec: { containers: null } } }',
      'spec: { template: { spec: { containers: [{ name: backstage-backend, $patch: delete }] } } }',
    ].map((patch) => ({
      when: `it removes Backstage itself: ${patch}`,
      app: adopted(
        { backstage: backstage.replace('spec: {}', `spec: { deployment: { patch: { ${patch} } } }`) },
        undefined,
        { credentials: Credentials.fromSecret('login') },
      ),
      report: [
        `${hubRule}/patch: spec.deployment.patch removes container backstage-backend, in which Backstage runs; ` +
          'leave null and $patch: delete out above it',
      ],
    })),
    {
      when: 'it replaces Backstage by a container without image',
      app: adopted({
        backstage: patchedBackstage('containers: [{ name: backstage-backend, $patch: delete }]'),
      }),
      report: [
        `${hubRule}/patch: ${containersPath}[0] replaces container backstage-backend by one without image; ` +
          'write image, or leave $patch out',
      ],
    },
    {
      when: 'one of two elements of a port has a protocol',
      app: adopted({
        backstage: patchedBackstage(
          'containers: [{ name: a, ports: [{ containerPort: 53, protocol: UDP }, { containerPort: 53 }] }, ' +
            '{ name: b, ports: [{ containerPort: 53, protocol: TCP }, { containerPort: 53 }] }, ' +
            '{ name: backstage-backend, ports: [{ containerPort: 7007 }, { containerPort: 7007, protocol: UDP }] }]',
        ),
      }),
      report: [
        `${hubRule}/patch: ${containersPath}[0].ports[1] has no protocol, while ${containersPath}[0].ports[0] has, so the ` +
          'operator may drop it; write protocol: TCP',
        `${hubRule}/patch: ${containersPath}[1].ports[1] is a second element of ports 53, TCP being the default; keep one`,
        `${hubRule}/patch: ${containersPath}[2].ports[0] has no protocol, while ${containersPath}[2].ports[1] has, so the ` +
          'operator may drop it; take it out',
      ],
    },
    {
      when: 'the port of the operator is given a protocol, as the Deployment in the cluster shows it',
      app: adopted({
        backstage: patchedBackstage(
          'containers: [{ name: backstage-backend, ports: [{ name: backend, containerPort: 7007, protocol: TCP }] }]',
        ),
      }),
      report: [
        `${hubRule}/patch: ${containersPath}[0].ports[0] is port 7007 of the operator, which has no protocol, so there would ` +
          'be two; leave protocol out',
      ],
    },
  ],
  'hub/idle': [
    {
      when: 'the hub is idle',
      app: adopted(
        {
          backstage: backstage
            .replace('v1alpha4', 'v1alpha5')
            .replace('name: hub', `name: hub, annotations: { rhdh.redhat.com/idle: 'true' }`),
        },
        undefined,
        { release: RhdhRelease.V2_0 },
      ),
      report: [
        `${hubRule}/idle: annotation rhdh.redhat.com/idle: "true" keeps the hub and its local database at 0 pods; ` +
          'take it out, and put it back after the move',
      ],
    },
  ],
  'hub/replicas': [
    {
      when: 'two pods share a ReadWriteOnce claim',
      app: hub({
        replicas: 2,
        dynamicPluginsRoot: DynamicPluginsRoot.fromClaimName('claim', ClaimAccess.READ_WRITE_ONCE),
      }),
      report: [
        `${hubRule}/replicas: replicas 2 cannot share a ReadWriteOnce claim: on a second node the pod would wait for ever; ` +
          'write access: ClaimAccess.READ_WRITE_MANY, or onOneNode: true if all pods are meant for one node',
      ],
    },
  ],
  'hub/replicas-number': [
    {
      when: 'the number of pods is negative',
      app: hub({ replicas: -1 }),
      report: [`${hubRule}/replicas-number: replicas -1 is not a number of pods; write 0 or more`],
    },
  ],
  'hub/env-name': [
    {
      when: 'a variable has a space',
      app: hub({ extraEnvs: { envs: [{ name: 'LOG LEVEL', value: 'info' }] } }),
      report: [
        `${hubRule}/env-name: spec.application.extraEnvs.envs[0].name "LOG LEVEL" cannot name an environment variable; ` +
          "write letters, digits, '_', '-' and '.', beginning with no digit",
      ],
    },
  ],
  'hub/source-name': [
    {
      when: 'a Secret and a ConfigMap have impossible names',
      app: hub({ extraEnvs: { secrets: [{ name: 'A' }] }, extraFiles: { configMaps: [{ name: 'B' }] } }),
      report: [
        `${hubRule}/source-name: spec.application.extraEnvs.secrets[0].name "A" ${subdomain}`,
        `${hubRule}/source-name: spec.application.extraFiles.configMaps[0].name "B" ${subdomain}`,
      ],
    },
    {
      when: 'one entry names several keys, though of the Secret of the authority',
      app: adopted(
        {
          backstage: backstage.replace(
            'spec: {}',
            'spec: { application: { extraFiles: { secrets: [{ name: certificates, key: "crt.pem, ca.pem" }] } } }',
          ),
        },
        PostgresTls.verifyFull(CertificateAuthority.fromSecret('certificates', 'ca.pem')),
      ),
      report: [
        `${hubRule}/source-name: spec.application.extraFiles.secrets[0].key "crt.pem, ca.pem" names several keys, which the ` +
          'operator takes for one; leave key out and write mountPath, by which each key is a file',
      ],
    },
  ],
  'hub/secret-files': [
    {
      when: 'files of a Secret have neither key nor folder',
      app: hub({ extraFiles: { secrets: [{ name: 'certificates' }] } }),
      report: [
        `${hubRule}/secret-files: spec.application.extraFiles.secrets[0] (certificates) has neither key nor mountPath; write one of them`,
      ],
    },
  ],
  'hub/volume-name': [
    {
      when: 'two keys of one ConfigMap are mounted apart',
      app: hub({
        extraFiles: {
          configMaps: [
            { name: 'files', key: 'a' },
            { name: 'files', key: 'b' },
          ],
        },
      }),
      report: [
        `${hubRule}/volume-name: files is mounted twice and the operator names its volume after it; ` +
          'list it once, without key for all keys',
      ],
    },
  ],
});
