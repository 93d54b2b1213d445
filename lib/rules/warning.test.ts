import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { warn, warningsOf } from './warning';

test('warnings are listed with the path of their construct; other metadata is left out', () => {
  const chart = new Chart(new App(), 'chart');
  const construct = new Construct(chart, 'inner');
  construct.node.addMetadata('other', 'not a warning');
  warn(construct, 'mind the gap');
  warn(chart, 'first of all');
  expect(warningsOf(chart)).toEqual(['[chart] first of all', '[chart/inner] mind the gap']);
});
