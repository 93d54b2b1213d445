// Arguments: `HubApp` or `App`, number of charts, folder. Each chart has 60 objects. Prints the milliseconds that
// construction and synthesis took, without loading.
import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { HubApp } from '../../lib';

const objects = 60;

const [kind, charts, outdir] = process.argv.slice(-3);
const begin = process.hrtime.bigint();
const app = kind === 'HubApp' ? new HubApp({ outdir }) : new App({ outdir });
for (let number = 0; number < Number(charts); number += 1) {
  const chart = new Chart(app, `${String(number).padStart(4, '0')}-stage`, { namespace: 'rhdh' });
  for (let object = 0; object < objects; object += 1) {
    const name = `settings-${number}-${object}`;
    new k8s.KubeConfigMap(chart, name, {
      metadata: { name, labels: { part: name } },
      data: { 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 2\n' },
    });
  }
}
app.synth();
console.log(JSON.stringify({ milliseconds: Number(process.hrtime.bigint() - begin) / 1e6 }));
