import { DynamicPlugins } from '..';
import { adopted, backstage, configMap } from '../../test/unit/adopted-app';
import { testRefusals } from '../../test/unit/refusals';
import { validApp } from '../../test/unit/valid-app';
import { hubFileRules } from './rules';

const hub = '[0200-backstage/hub] hub';

testRefusals(hubFileRules, {
  'hub/input': [
    {
      when: 'a file is not there',
      app: () => validApp({ hub: { plugins: DynamicPlugins.fromFile('nowhere.yaml') } }).app,
      report: [`${hub}/input: cannot read nowhere.yaml: there is no such file`],
    },
    {
      when: 'a file holds two resources',
      app: adopted({ backstage: `${backstage}---\n${backstage}` }),
      report: [
        /^\[0200-backstage\/hub\] hub\/input: .*backstage\.yaml: holds 2 objects of kind Backstage \(hub, hub\); it must hold exactly one$/,
      ],
    },
    {
      when: 'a file is no YAML',
      app: adopted({ backstage: 'kind: [' }),
      report: [/^\[0200-backstage\/hub\] hub\/input: .*backstage\.yaml:2:1: /],
    },
    {
      when: 'the ConfigMap has no list of plugins',
      app: adopted({ plugins: configMap('plugins.yaml', 'plugins: []') }),
      report: [
        /hub\/input: .*plugins\.yaml: the ConfigMap has no key dynamic-plugins\.yaml; write the list under data\.dynamic-plugins\.yaml$/,
      ],
    },
    {
      when: 'the list of plugins is none',
      app: adopted({ plugins: configMap('dynamic-plugins.yaml', 'plugins: { a: 1 }') }),
      report: [/hub\/input: .*plugins\.yaml: plugins is not a list; write '- package: …' for each plugin$/],
    },
    {
      when: 'the document is no map',
      app: adopted({ plugins: configMap('dynamic-plugins.yaml', '- a') }),
      report: [
        /hub\/input: .*plugins\.yaml: is not a list of dynamic plugins; write 'includes:' and 'plugins:'$/,
      ],
    },
    {
      when: 'a plugin has no package and another stands twice',
      app: adopted({
        plugins: configMap(
          'dynamic-plugins.yaml',
          'plugins: [{ disabled: true }, { package: a }, { package: a }]',
        ),
      }),
      report: [
        /hub\/input: .*plugins\.yaml: plugins\[0\] has no package; write '- package: …'$/,
        /hub\/input: .*plugins\.yaml: package a stands in the list twice; merge the two entries$/,
      ],
    },
    {
      when: 'a reference to the local Secret has no counterpart',
      app: adopted({
        backstage:
          `${backstage.replace('spec: {}', '')}spec:\n  deployment:\n    patch:\n      spec:\n        template:\n          spec:\n` +
          '            volumes: [{ name: v, secret: { secretName: backstage-psql-secret-hub } }]\n' +
          '            containers:\n              - name: c\n                env:\n' +
          '                  - { name: A, valueFrom: { secretKeyRef: { name: backstage-psql-secret-hub, key: POSTGRESQL_ADMIN_PASSWORD } } }\n',
      }),
      report: [
        `${hub}/input: spec.deployment.patch.spec.template.spec.volumes[0].secret.secretName uses Secret backstage-psql-secret-hub whole, ` +
          'but the keys of Secret login have other names; change the reference in the resource, ' +
          'or give the Secret the keys POSTGRES_USER and POSTGRES_PASSWORD',
        `${hub}/input: spec.deployment.patch.spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef reads key POSTGRESQL_ADMIN_PASSWORD of ` +
          'Secret backstage-psql-secret-hub, which Secret login does not have; change the reference in the resource',
      ],
    },
    {
      when: 'it is connected twice',
      app: () => {
        const { app, hub: connected, postgres } = validApp();
        connected.connect(postgres);
        return app;
      },
      report: [
        `${hub}/input: connect was called twice; a hub has one database: keep one call, on the database that the hub is to use`,
      ],
    },
  ],
  'hub/api-version': [
    {
      when: 'the release does not serve the version',
      app: adopted({ backstage: backstage.replace('v1alpha4', 'v1alpha5') }),
      report: [
        `${hub}/api-version: RHDH 1.8 does not serve rhdh.redhat.com/v1alpha5; write apiVersion: rhdh.redhat.com/v1alpha4`,
      ],
    },
  ],
  'hub/plugins-config-map': [
    {
      when: 'the resource and the file name different ConfigMaps',
      app: adopted({
        backstage: backstage.replace('spec: {}', 'spec: { application: { dynamicPluginsConfigMapName: a } }'),
        plugins: configMap('dynamic-plugins.yaml', 'plugins: []'),
      }),
      report: [
        `${hub}/plugins-config-map: the resource refers to ConfigMap a, the file holds ConfigMap config; give both one name`,
      ],
    },
  ],
});
