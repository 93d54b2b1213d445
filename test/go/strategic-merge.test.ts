import fc from 'fast-check';
import { patchProblems } from '../../lib/hub/effective/patch-problems';
import { combined, patched } from '../../lib/hub/effective/strategic-merge';
import { defaultDeployment } from '../cluster/operators/default-deployment';
import { patchedWorkload, type Workload } from './patched-workload';
import { addingPatch, deploymentPatch, listsPatch } from './arbitrary-patch';

const runs = { numRuns: 200 };
const own = defaultDeployment('1.10', 'developer-hub');

/** A workload as Kubernetes' types have it: unknown fields dropped, numbers and empty values in one form. */
const typed = (workload: object) => patchedWorkload(workload as Workload, {});

test('what a patch makes of the Deployment is what the library of the operator makes of it', async () => {
  await fc.assert(
    fc.asyncProperty(deploymentPatch, async (patch) => {
      expect(await typed(patched(own, patch))).toEqual(await patchedWorkload(own, patch));
    }),
    runs,
  );
});

test('So is what becomes of words on lists and of ports, where the patch has no problem', async () => {
  await fc.assert(
    fc.asyncProperty(listsPatch, async (patch) => {
      fc.pre(patchProblems(patch, '').length === 0);
      expect(await typed(patched(own, patch))).toEqual(await patchedWorkload(own, patch));
    }),
    runs,
  );
});

const ports = [7007, 9464].flatMap((containerPort) => [
  { containerPort, name: `port-${containerPort}` },
  ...['TCP', 'UDP'].map((protocol) => ({ containerPort, protocol, name: `${protocol}-${containerPort}` })),
]);
const others = (list: (typeof ports)[number][]) => ports.filter((port) => !list.includes(port));
const pairs = ports.flatMap((first) => others([first]).map((second) => [first, second]));
const listsOfPorts = [
  ...ports.map((port) => [port]),
  ...pairs,
  ...pairs.flatMap((pair) => others(pair).map((third) => [...pair, third])),
];

test.each(['backstage-backend', 'sidecar'])(
  'every list of up to three ports of %s is refused, or merged alike and without a port twice',
  async (container) => {
    let accepted = 0;
    for (const list of listsOfPorts) {
      const patch = { spec: { template: { spec: { containers: [{ name: container, ports: list }] } } } };
      if (patchProblems(patch, '').length > 0) continue;
      accepted += 1;
      const merged = await patchedWorkload(own, patch);
      expect(inAnyOrder(await typed(patched(own, patch)))).toEqual(inAnyOrder(merged));
      const { ports: open } = merged.spec.template.spec.containers.find(
        ({ name }: any) => name === container,
      );
      const numbers = open.map(({ containerPort, protocol = 'TCP' }: any) => `${containerPort}/${protocol}`);
      expect(new Set(numbers).size).toBe(numbers.length);
    }
    expect(accepted).toBeGreaterThan(20);
  },
);

/** Elements that a patch removes and the next adds again stand at another place. */
function inAnyOrder(value: any): any {
  if (Array.isArray(value)) {
    return value
      .map(inAnyOrder)
      .sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.keys(value)
          .sort()
          .map((key) => [key, inAnyOrder(value[key])]),
      )
    : value;
}

test('two patches combined are the one after the other, but for the order of elements', async () => {
  await fc.assert(
    fc.asyncProperty(deploymentPatch, addingPatch, async (first, second) => {
      const inSequence = await patchedWorkload(await patchedWorkload(own, first), second);
      expect(inAnyOrder(await patchedWorkload(own, combined(first, second)))).toEqual(inAnyOrder(inSequence));
    }),
    runs,
  );
});
