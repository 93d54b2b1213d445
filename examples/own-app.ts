/**
 * A hub in a cdk8s app of your own, beside your other charts. `cdk8s synth` runs it as any other app.
 *
 *   CDK8S_OUTDIR=dist-example npm run synth -- examples/own-app.ts
 */
import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import {
  DynamicPlugins,
  DynamicPluginsRoot,
  ExternalPostgres,
  Hub,
  PostgresAddress,
  PostgresTls,
  RhdhRelease,
} from 'cdk8s-rhdh';

/** All of a team's hub in one chart: the app's settings, and the hub on the cluster's shared PostgreSQL. */
class TeamHub extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'team-hub', labels: { team: 'platform' } });

    const settings = new kplus.ConfigMap(this, 'settings', {
      metadata: { name: 'team-hub-app-config' },
      data: { 'app-config.yaml': 'app:\n  title: Team hub\n' },
    });

    // CloudNativePG names the keys of its Secrets in its own way.
    const postgres = ExternalPostgres.fromSecret(this, 'postgres', {
      secretName: 'shared-superuser',
      keys: { user: 'username', password: 'password' },
      address: PostgresAddress.fromService('shared-rw', 'databases'),
      tls: PostgresTls.require(),
    });

    const hub = new Hub(this, 'hub', {
      name: 'team-hub',
      release: RhdhRelease.V1_10,
      plugins: DynamicPlugins.of(),
      dynamicPluginsRoot: new DynamicPluginsRoot(this, 'plugins-root'),
      appConfig: { configMaps: [{ name: settings.name }] },
    });
    hub.connect(postgres);
  }
}

// Ids that begin with a number put the files in sequence, for a person and for `npx cdk8s-rhdh apply`.
const app = new App();
const namespaces = new Chart(app, '0000-namespaces');
new kplus.Namespace(namespaces, 'team-hub', { metadata: { name: 'team-hub' } });
new TeamHub(app, '0200-team-hub');
app.synth();
