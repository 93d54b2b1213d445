import {
  AdoptedHub,
  CertificateAuthority,
  ClaimAccess,
  DeploymentKind,
  DynamicPluginsRoot,
  HubProps,
  RhdhRelease,
} from '..';
import { adopted, BACKSTAGE, configMap } from '../../test/unit/adopted-app';
import { testRefusals } from '../../test/unit/refusals';
import { validApp } from '../../test/unit/valid-app';
import { HUB_RULES } from './rules';

const hub = (props: Partial<HubProps>) => () => validApp({ hub: props }).app;

const HUB = '[0200-backstage/hub] hub';
const SUBDOMAIN =
  "is not a DNS-1123 subdomain of at most 253 characters; write lower-case letters, digits, '-' and '.'";

testRefusals(HUB_RULES, {
  'hub/name': [
    {
      when: 'the name has upper case',
      app: hub({ name: 'Hub' }),
      report: [
        `${HUB}/name: name "Hub" is not a DNS-1123 label of at most 40 characters; ` +
          "write lower-case letters, digits and '-', beginning and ending with a letter or digit",
      ],
    },
    {
      when: 'the name is too long for the objects of the operator',
      app: hub({ name: 'h'.repeat(41) }),
      report: [
        `${HUB}/name: name "${'h'.repeat(41)}" is not a DNS-1123 label of at most 40 characters; ` +
          "write lower-case letters, digits and '-', beginning and ending with a letter or digit",
      ],
    },
  ],
  'hub/connected': [
    {
      when: 'connect was never called',
      app: () => validApp({ connect: false }).app,
      report: [
        `${HUB}/connected: hub hub has no database and would keep the operator's local one; write hub.connect(postgres)`,
      ],
    },
  ],
  'hub/namespace': [
    {
      when: 'the adopted resource is in another namespace than its stage',
      app: adopted({ backstage: BACKSTAGE.replace('name: hub', 'name: hub, namespace: other') }),
      report: [
        `${HUB}/namespace: the resource names namespace other and its stage rhdh; write one of them in both places`,
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
        `${HUB}/namespace: the hub is in namespace rhdh and Secret hub-postgres-login of its database in elsewhere; ` +
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
        `${HUB}/release-field: RHDH 1.8 has no field spec.deployment.kind; 1.9 and newer have it: leave out deploymentKind`,
        `${HUB}/release-field: RHDH 1.8 has no field spec.flavours; 1.10 and newer have it: leave out flavours`,
      ],
    },
    {
      when: 'a field is gone from the release',
      app: () => {
        const app = adopted({
          backstage: BACKSTAGE.replace('spec: {}', 'spec: { application: { replicas: 2 } }').replace(
            'v1alpha4',
            'v1alpha5',
          ),
        })();
        const found = app.node.findAll().find((construct) => construct instanceof AdoptedHub) as AdoptedHub;
        Object.assign(found, { release: RhdhRelease.V1_9 });
        return app;
      },
      report: [
        `${HUB}/release-field: RHDH 1.9 has no field spec.application.replicas; releases up to 1.8 have it: ` +
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
        `${HUB}/orchestrator: @redhat/backstage-plugin-orchestrator@1.8.2 is in the list, but no OrchestratorPlugins adds it in the ` +
          'orchestrator stage, so it would be dropped; add OrchestratorPlugins with a SonataFlowPlatform, or take it out of the list',
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
        `${HUB}/replicas: replicas 2 cannot share a ReadWriteOnce claim: on a second node the pod would wait for ever; ` +
          'write access: ClaimAccess.READ_WRITE_MANY, or onOneNode: true if all pods are meant for one node',
      ],
    },
  ],
  'hub/replicas-number': [
    {
      when: 'the number of pods is negative',
      app: hub({ replicas: -1 }),
      report: [`${HUB}/replicas-number: replicas -1 is not a number of pods; write 0 or more`],
    },
  ],
  'hub/tls-verification': [
    {
      when: 'verification is switched off while the database demands TLS',
      app: () => {
        const app = adopted({})();
        const found = app.node.findAll().find((construct) => construct instanceof AdoptedHub) as AdoptedHub;
        found.addEnv({ name: 'NODE_TLS_REJECT_UNAUTHORIZED', value: '0', containers: ['*'] });
        return app;
      },
      report: [
        `${HUB}/tls-verification: NODE_TLS_REJECT_UNAUTHORIZED=0 switches off what tls 'require' demands; ` +
          'take it out and trust the authority of the other servers with hub.trust(…)',
      ],
    },
  ],
  'hub/authority': [
    {
      when: 'two authorities are to be trusted',
      app: () => {
        const { app, hub: trusting } = validApp();
        trusting.trust(CertificateAuthority.fromConfigMap('a'));
        trusting.trust(CertificateAuthority.fromSecret('b'));
        return app;
      },
      report: [
        `${HUB}/authority: Node.js reads one file of authorities and 2 are given (ConfigMap a, key ca.crt; Secret b, key ca.crt); ` +
          'put all certificates into one file',
      ],
    },
  ],
  'hub/env-name': [
    {
      when: 'a variable has a space',
      app: hub({ extraEnvs: { envs: [{ name: 'LOG LEVEL', value: 'info' }] } }),
      report: [
        `${HUB}/env-name: spec.application.extraEnvs.envs[0].name "LOG LEVEL" cannot name an environment variable; ` +
          "write letters, digits, '_', '-' and '.', beginning with no digit",
      ],
    },
  ],
  'hub/source-name': [
    {
      when: 'a Secret and a ConfigMap have impossible names',
      app: hub({ extraEnvs: { secrets: [{ name: 'A' }] }, extraFiles: { configMaps: [{ name: 'B' }] } }),
      report: [
        `${HUB}/source-name: spec.application.extraEnvs.secrets[0].name "A" ${SUBDOMAIN}`,
        `${HUB}/source-name: spec.application.extraFiles.configMaps[0].name "B" ${SUBDOMAIN}`,
      ],
    },
  ],
  'hub/secret-files': [
    {
      when: 'files of a Secret have neither key nor folder',
      app: hub({ extraFiles: { secrets: [{ name: 'certificates' }] } }),
      report: [
        `${HUB}/secret-files: spec.application.extraFiles.secrets[0] (certificates) has neither key nor mountPath; write one of them`,
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
        `${HUB}/volume-name: files is mounted twice and the operator names its volume after it; ` +
          'list it once, without key for all keys',
      ],
    },
  ],
});
