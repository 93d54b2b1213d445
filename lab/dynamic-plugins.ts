import { type DynamicPlugin, DynamicPlugins } from '../lib';

/** Package after which the orchestrator's plugins stand in the lab's list. */
export const lastBeforeOrchestrator = './dynamic-plugins/dist/backstage-plugin-notifications-backend-dynamic';

const shipped = (name: string): DynamicPlugin => ({ package: `./dynamic-plugins/dist/${name}` });

const overlay = (name: string, tag: string): DynamicPlugin => ({
  package: `oci://ghcr.io/redhat-developer/rhdh-plugin-export-overlays/${name}:${tag}!${name}`,
});

const devQuotes: DynamicPlugin = {
  package:
    'oci://quay.io/rhdh-adventure-organization/parsifal-m-plugin-dev-quotes-homepage:3.0.8!parsifal-m-plugin-dev-quotes-homepage',
  pluginConfig: {
    dynamicPlugins: {
      frontend: {
        'parsifal-m.plugin-dev-quotes-homepage': {
          mountPoints: [
            {
              mountPoint: 'entity.page.overview/cards',
              importName: 'DevQuote',
              config: { layout: { gridColumnEnd: { lg: 'span 4', md: 'span 6', xs: 'span 12' } } },
            },
          ],
          dynamicRoutes: [
            { importName: 'DevQuote', menuItem: { text: 'Quote', icon: 'star' }, path: '/devquote' },
          ],
        },
      },
    },
  },
};

const lightspeed: DynamicPlugin = {
  ...overlay('red-hat-developer-hub-backstage-plugin-lightspeed', 'bs_1.42.5__1.0.3'),
  pluginConfig: {
    dynamicPlugins: {
      frontend: {
        'red-hat-developer-hub.backstage-plugin-lightspeed': {
          translationResources: [
            { importName: 'lightspeedTranslations', module: 'Alpha', ref: 'lightspeedTranslationRef' },
          ],
          appIcons: [{ name: 'LightspeedIcon', module: 'LightspeedPlugin', importName: 'LightspeedIcon' }],
          dynamicRoutes: [
            {
              path: '/lightspeed',
              importName: 'LightspeedPage',
              module: 'LightspeedPlugin',
              menuItem: { icon: 'LightspeedIcon', text: 'Lightspeed' },
            },
          ],
        },
      },
    },
  },
};

/** The dynamic plugins of the lab's hub, without the orchestrator's. */
export const labPlugins = DynamicPlugins.of({
  configMapName: 'dynamic-plugins-rhdh',
  plugins: [
    shipped('backstage-plugin-catalog-backend-module-gitlab-dynamic'),
    shipped('immobiliarelabs-backstage-plugin-gitlab-backend-dynamic'),
    shipped('immobiliarelabs-backstage-plugin-gitlab'),
    shipped('backstage-plugin-catalog-backend-module-gitlab-org-dynamic'),
    shipped('backstage-community-plugin-rbac'),
    shipped('backstage-plugin-scaffolder-backend-module-gitlab-dynamic'),
    devQuotes,
    shipped('backstage-community-plugin-catalog-backend-module-scaffolder-relation-processor-dynamic'),
    shipped('backstage-plugin-notifications'),
    { package: lastBeforeOrchestrator },
    overlay('backstage-plugin-mcp-actions-backend', 'bs_1.42.5__0.1.2'),
    overlay('red-hat-developer-hub-backstage-plugin-software-catalog-mcp-tool', 'bs_1.42.5__0.2.3'),
    overlay('red-hat-developer-hub-backstage-plugin-techdocs-mcp-tool', 'bs_1.42.5__0.3.0'),
    lightspeed,
    overlay('red-hat-developer-hub-backstage-plugin-lightspeed-backend', 'bs_1.42.5__1.0.3'),
  ],
});
