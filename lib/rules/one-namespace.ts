import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

const sharing = new WeakSet<IConstruct>();

/** Says that a chart and the others of its app that say so share a namespace, and report where they do not. */
export function sharesNamespace(chart: Chart): void {
  sharing.add(chart);
}

/**
 * Whether two constructs are in different namespaces and nobody else says so, as stages of one app do: one mistake is
 * one line of the report.
 */
export function areApart(one: IConstruct, other: IConstruct): boolean {
  const charts = [Chart.of(one), Chart.of(other)] as const;
  const told = charts.every((chart) => sharing.has(chart)) && one.node.root === other.node.root;
  return !told && charts[0].namespace !== charts[1].namespace;
}
