import { parse } from 'yaml';

/** The keys of a CustomResourceDefinition's schema that matter here. */
export interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly format?: string;
  readonly enum?: unknown[];
  readonly default?: unknown;
  readonly required?: string[];
  readonly properties?: Record<string, Schema>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly nullable?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: string[];
  readonly [key: string]: unknown;
}

export interface Version {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly subresources?: object;
  readonly additionalPrinterColumns?: {
    readonly name: string;
    readonly type: string;
    readonly jsonPath: string;
  }[];
  readonly schema: { readonly openAPIV3Schema: Schema };
}

export interface Crd {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: {
      readonly kind: string;
      readonly listKind: string;
      readonly plural: string;
      readonly singular: string;
      readonly shortNames?: string[];
    };
    readonly versions: Version[];
  };
}

export const parseCrd = (text: string): Crd => parse(text);

export function schemaOf(crd: Crd, version: string): Schema {
  const found = crd.spec.versions.find(({ name }) => name === version);
  if (!found) throw new Error(`${crd.metadata.name} has no version ${version}`);
  return found.schema.openAPIV3Schema;
}

/** The schemas directly below one, each with the step that leads to it. */
export function children(schema: Schema): [step: string, child: Schema][] {
  const below: [string, Schema][] = Object.entries(schema.properties ?? {}).map(([name, child]) => [
    `.${name}`,
    child,
  ]);
  if (schema.items) below.push(['[]', schema.items]);
  if (typeof schema.additionalProperties === 'object') below.push(['{}', schema.additionalProperties]);
  return below;
}
