import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { apiObjectsOf } from '../../lib/stages/api-objects';
import { HubApp } from '../../lib/stages/hub-app';
import { Stage } from '../../lib/stages/stage';
import { StageKind } from '../../lib/stages/stage-kind';

type Manifest = Record<string, any>;

/** A stage in an app of its own. */
export function stageOf(kind: StageKind = StageKind.BACKSTAGE, namespace = 'rhdh'): Stage {
  return new Stage(new HubApp(), kind, { namespace });
}

/** All objects of the chart that `scope` is in, as the bundle holds them. */
export function objectsOf(scope: IConstruct): Manifest[] {
  return apiObjectsOf(Chart.of(scope)).map((object) => JSON.parse(JSON.stringify(object.toJson())));
}

/** The one object of a kind (and name) in the chart that `scope` is in. */
export function objectOf(scope: IConstruct, kind: string, name?: string): Manifest {
  const found = objectsOf(scope).filter(
    (object) => object.kind === kind && (name ?? object.metadata.name) === object.metadata.name,
  );
  if (found.length !== 1) throw new Error(`${found.length} objects of kind ${kind} ${name ?? ''}`);
  return found[0];
}

/** What the app that `scope` is in refuses. */
export function problemsOf(scope: IConstruct): string[] {
  return scope.node.root.node.findAll().flatMap((construct) => construct.node.validate());
}
