import { describeBundles } from './describe-bundles';

test('each bundle is shown with its file, its objects and its command', () => {
  const bundles = [
    {
      path: '0000-postgres.k8s.yaml',
      content: '',
      objects: ['Secret login', 'Service db'],
      command: 'oc apply -f dist/0000-postgres.k8s.yaml',
    },
    {
      path: 'helm/greeting-values.yaml',
      content: '',
      objects: ['Helm values of workflow greeting'],
      command: 'helm upgrade',
    },
  ];
  expect(describeBundles('dist', bundles)).toBe(`dist/0000-postgres.k8s.yaml
    Secret login
    Service db
  $ oc apply -f dist/0000-postgres.k8s.yaml

dist/helm/greeting-values.yaml
    Helm values of workflow greeting
  $ helm upgrade
`);
});
