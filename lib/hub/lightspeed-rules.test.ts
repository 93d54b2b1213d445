import { DynamicPluginsRoot, Lightspeed, RhdhRelease } from '..';
import { testRefusals } from '../../test/unit/refusals';
import { validApp } from '../../test/unit/valid-app';
import { dynamicPluginsRootRules, lightspeedRules } from './rules';

testRefusals(dynamicPluginsRootRules, {
  'dynamic-plugins-root/name': [
    {
      when: 'the name of the claim has upper case',
      app: () => {
        const { app, backstage } = validApp();
        new DynamicPluginsRoot(backstage, 'claim', { name: 'Claim' });
        return app;
      },
      report: [
        '[0200-backstage/claim] dynamic-plugins-root/name: name "Claim" is not a DNS-1123 subdomain of at most 253 characters; ' +
          "write lower-case letters, digits, '-' and '.'",
      ],
    },
  ],
});

testRefusals(lightspeedRules, {
  'lightspeed/connected': [
    {
      when: 'the hub had no database yet',
      app: () => {
        const { app, backstage, hub: later, postgres } = validApp({ connect: false });
        new Lightspeed(backstage, 'lightspeed', { hub: later });
        later.connect(postgres);
        return app;
      },
      report: [
        '[0200-backstage/lightspeed] lightspeed/connected: the hub had no database when Lightspeed was added; ' +
          'write hub.connect(postgres) before it',
      ],
    },
  ],
  'lightspeed/flavour': [
    {
      when: 'the release adds Lightspeed itself',
      app: () => {
        const { app, backstage, hub: newest } = validApp({ hub: { release: RhdhRelease.V1_10 } });
        new Lightspeed(backstage, 'lightspeed', { hub: newest });
        return app;
      },
      report: [
        '[0200-backstage/lightspeed] lightspeed/flavour: RHDH 1.10 adds Lightspeed itself; leave Lightspeed out, or write ' +
          "flavours: [{ name: 'lightspeed', enabled: false }]",
      ],
    },
  ],
});
