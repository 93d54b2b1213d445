import { ApiObject, type Chart } from 'cdk8s';

/** All objects of a chart, in the order in which they were made; those of charts inside it are theirs. */
export function apiObjectsOf(chart: Chart): ApiObject[] {
  return chart.node
    .findAll()
    .filter((child): child is ApiObject => ApiObject.isApiObject(child) && child.chart === chart);
}

/** Which object it is to the cluster, of whatever version. */
export function objectIdentity(object: ApiObject): string {
  return `${object.apiGroup}/${object.kind}/${object.metadata.namespace ?? ''}/${object.name}`;
}
