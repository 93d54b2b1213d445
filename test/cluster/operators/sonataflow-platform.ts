type Fields = Readonly<Record<string, any>>;

/**
 * The spec of a platform after the operator's Go types have read and written it, with the defaults that it sets on
 * OpenShift (`api/v1alpha08/sonataflowplatform_*_types.go`, `podtemplate_types.go`; `setPlatformDefaults` in
 * `internal/controller/platform/defaults.go`): structs without a pointer are written although they are empty.
 */
export function platformAsGoWritesIt(spec: Fields): Fields {
  const { build = {}, devMode = {}, services, persistence, monitoring, ...others } = spec;
  const config = {
    registry: {},
    strategyOptions: {},
    ...build.config,
    strategy: 'platform',
    timeout: build.config?.timeout ?? '5m0s',
  };
  return {
    ...others,
    build: { ...build, template: { resources: {}, timeout: '0s', ...build.template }, config },
    devMode,
    ...(services && { services: written(services, service) }),
    ...(persistence && { persistence }),
    ...(monitoring && { monitoring: monitoring.enabled ? { enabled: true } : {} }),
  };
}

function written(fields: Fields, as: (field: Fields) => Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, as(field as Fields)]));
}

function service({ enabled = true, podTemplate = {}, persistence, ...others }: Fields): Fields {
  const { container = {}, ...pod } = podTemplate as Fields;
  return {
    ...others,
    enabled,
    podTemplate: { ...pod, container: { resources: {}, ...container } },
    ...(persistence && { persistence: { migrateDBOnStartUp: false, ...persistence } }),
  };
}
