import { defaultDeployment } from '../cluster/operators/default-deployment';
import { patchedWorkload } from './patched-workload';
import { LibraryError } from './program';

const own = defaultDeployment('1.8', 'developer-hub');

/** What the operator makes of a patch of the pod. */
async function pod(spec: object, listMergeMode?: string): Promise<any> {
  const patch = { spec: { template: { spec } } };
  return (await patchedWorkload(own, patch, listMergeMode)).spec.template.spec;
}

const names = (list: { name: string }[]) => list.map(({ name }) => name);

test('elements are merged by name, and new ones go to the end, or to the beginning if it is asked for', async () => {
  const containers = [{ name: 'sidecar' }, { name: 'backstage-backend', env: [{ name: 'A', value: '1' }] }];
  const appended = await pod({ containers });
  expect(names(appended.containers)).toEqual(['backstage-backend', 'sidecar']);
  expect(names(appended.containers[0].env)).toEqual(['APP_CONFIG_backend_listen_port', 'A']);
  const prepended = await pod({ containers }, 'prepend');
  expect(names(prepended.containers)).toEqual(['sidecar', 'backstage-backend']);
  expect(names(prepended.containers[1].env)).toEqual(['A', 'APP_CONFIG_backend_listen_port']);
});

test('of two elements of one name the first stays', async () => {
  const env = (name: string) => ({ name: 'backstage-backend', env: [{ name, value: '1' }] });
  const { containers } = await pod({ containers: [env('A'), env('B')] });
  expect(names(containers[0].env)).toEqual(['APP_CONFIG_backend_listen_port', 'A']);
});

test('what is no Deployment is refused in the words of the library', async () => {
  await expect(pod({ containers: 'none' })).rejects.toThrow(LibraryError);
  await expect(pod({ hostNetwork: 'sometimes' })).rejects.toThrow(
    'cannot unmarshal string into Go struct field PodSpec.spec.template.spec.hostNetwork of type bool',
  );
});
