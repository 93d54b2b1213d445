import { App, Chart } from 'cdk8s';
import { areApart, sharesNamespace } from './one-namespace';

const chart = (app: App, namespace: string) => new Chart(app, namespace, { namespace });

test('constructs are apart when the namespaces of their charts differ', () => {
  const app = new App();
  const [one, other] = [chart(app, 'one'), chart(app, 'other')];
  expect(areApart(one, one)).toBe(false);
  expect(areApart(one, other)).toBe(true);
});

test('charts of one app that report it themselves are not told again; those of two apps are', () => {
  const app = new App();
  const [one, other, foreign] = [chart(app, 'one'), chart(app, 'other'), chart(new App(), 'foreign')];
  [one, other, foreign].forEach(sharesNamespace);
  expect(areApart(one, other)).toBe(false);
  expect(areApart(one, foreign)).toBe(true);
});
