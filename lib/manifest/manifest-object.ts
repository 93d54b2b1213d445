import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { copyJson } from '../yaml';
import type { Manifest } from './yaml-file';

/**
 * An object that is written as it was given: keys in their order, `null` (which means "remove" in a strategic
 * merge patch) and unknown fields kept, all of which `ApiObject` would sort or drop. Changes to `manifest` up
 * to synthesis are seen.
 */
export class ManifestObject extends ApiObject {
  private readonly jsonPatches: JsonPatch[] = [];

  /** @param complete changes `manifest` by what is known at synthesis only; it may be called more than once */
  constructor(
    scope: Construct,
    id: string,
    private readonly manifest: Manifest,
    private readonly complete: () => void = () => undefined,
  ) {
    super(scope, id, { apiVersion: manifest.apiVersion, kind: manifest.kind, metadata: manifest.metadata });
  }

  override addJsonPatch(...ops: JsonPatch[]): void {
    this.jsonPatches.push(...ops);
  }

  override toJson(): any {
    this.complete();
    const { apiVersion, kind, metadata: _, ...body } = this.manifest;
    const object = { apiVersion, kind, metadata: this.metadata.toJson(), ...body };
    const copy = copyJson(object);
    return this.jsonPatches.length === 0 ? copy : JsonPatch.apply(copy, ...this.jsonPatches);
  }
}
