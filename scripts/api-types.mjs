import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import prettier from 'prettier';

const require = createRequire(import.meta.url);

/**
 * The module with the types of everything that callers of the library give: `lib/api/api-types.ts`, which constructors
 * compare their arguments with. What no caller gives is left out.
 */
export async function apiTypes(assembly) {
  const types = { ...assembly.types };
  for (const name of Object.keys(assembly.dependencies)) {
    try {
      Object.assign(types, typesOf(name));
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  const given = new Given(types, assembly.name);
  Object.values(assembly.types)
    .filter(({ kind }) => kind === 'class')
    .forEach((type) => given.addClass(type));
  return prettier.format(given.module(), {
    ...(await prettier.resolveConfig('lib/index.ts')),
    parser: 'typescript',
  });
}

/** The types of a package that jsii described. */
function typesOf(name) {
  const folder = dirname(require.resolve(`${name}/package.json`));
  return JSON.parse(readFileSync(join(folder, '.jsii'), 'utf8')).types;
}

class Given {
  calls = {};
  structs = {};
  classes = {};
  enums = {};

  constructor(types, own) {
    this.types = types;
    this.own = own;
  }

  addClass(type) {
    const { initializer } = type;
    if (initializer?.parameters !== undefined && !initializer.protected) this.addCall(type.name, initializer);
    for (const method of this.withInherited(type, 'methods')) {
      const definer = this.definerOf(method, type);
      const isOwn = definer.assembly === this.own && this.types[method.overrides]?.kind !== 'class';
      if (isOwn && method.parameters !== undefined) this.addCall(`${definer.name}.${method.name}`, method);
    }
  }

  addCall(name, { parameters }) {
    this.calls[name] = this.fields(parameters);
  }

  module() {
    const table = { calls: this.calls, structs: this.structs, classes: this.classes, enums: this.enums };
    const sorted = Object.entries(table).map(([kind, entries]) => [
      kind,
      Object.fromEntries(Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1))),
    ]);
    return `// Written by \`npm run docs:api\` from the public API.
import type { TypeTable } from './type-table';

export const apiTypes: TypeTable = ${JSON.stringify(Object.fromEntries(sorted))};
`;
  }

  fields(members) {
    return Object.fromEntries(
      members.map(({ name, optional, type }) => [optional ? `${name}?` : name, this.typeText(type)]),
    );
  }

  /** `string`, `Hub`, `string[]` for a list, `string{}` for a map. */
  typeText(type) {
    if (type.primitive !== undefined) return type.primitive;
    if (type.collection !== undefined) {
      const { kind, elementtype } = type.collection;
      return `${this.typeText(elementtype)}${kind === 'array' ? '[]' : '{}'}`;
    }
    if (type.fqn === undefined) return 'any';
    return this.named(type.fqn);
  }

  named(fqn) {
    const type = this.types[fqn];
    if (type === undefined) return 'any';
    const name = shortName(type);
    if (type.datatype) {
      if (this.structs[name] === undefined) {
        this.structs[name] = {};
        this.structs[name] = this.fields(this.withInherited(type, 'properties'));
      }
    } else if (type.kind === 'enum') {
      if (type.assembly !== this.own) return 'any';
      this.enums[name] ??= Object.fromEntries(type.members.map((member) => [member.name, member.value]));
    } else {
      this.classes[name] ??= {
        isClass: type.kind === 'class',
        members: this.instanceMembers(type),
        ways: this.waysTo(type),
      };
    }
    return name;
  }

  /** Of a construct `node` alone is asked for: the rest differs between versions of `constructs`. */
  instanceMembers(type) {
    return [...this.withInherited(type, 'properties'), ...this.withInherited(type, 'methods')]
      .filter(
        ({ static: isStatic, optional, protected: isProtected }) => !isStatic && !optional && !isProtected,
      )
      .map(({ name }) => name)
      .filter((name) => !['toString', 'with'].includes(name))
      .sort();
  }

  /** How a value of a type can be written: `PostgresTls.disable()`, `new Hub(…)`. */
  waysTo({ fqn, assembly: owner }) {
    const isWanted = ({ fqn: returned }) =>
      returned !== undefined && this.isAssignable(this.types[returned], fqn);
    return Object.values(this.types)
      .filter((type) => type.kind === 'class' && this.isAssignable(type, fqn))
      .filter(({ assembly }) => assembly === owner)
      .flatMap((type) => {
        const name = shortName(type);
        const constants = inSourceOrder(type.properties)
          .filter(({ const: isConst, type: typeOfConstant }) => isConst && isWanted(typeOfConstant))
          .map((property) => `${name}.${property.name}`);
        const factories = inSourceOrder(type.methods)
          .filter(({ static: isStatic, returns }) => isStatic && isWanted(returns?.type ?? {}))
          .map((method) => `${name}.${method.name}(${method.parameters === undefined ? '' : '…'})`);
        const isMade =
          type.initializer?.protected !== true && type.initializer !== undefined && !type.abstract;
        return [...constants, ...factories, ...(isMade ? [`new ${name}(…)`] : [])];
      });
  }

  isAssignable(type, fqn) {
    return (
      type !== undefined &&
      (type.fqn === fqn ||
        [type.base, ...(type.interfaces ?? [])].some((parent) => this.isAssignable(this.types[parent], fqn)))
    );
  }

  definerOf(method, type) {
    return (type.methods ?? []).includes(method) ? type : this.definerOf(method, this.types[type.base]);
  }

  withInherited(type, members) {
    const parents = [type.base, ...(type.interfaces ?? [])]
      .map((parent) => this.types[parent])
      .filter(Boolean);
    const inherited = parents.flatMap((parent) => this.withInherited(parent, members));
    const own = type[members] ?? [];
    const names = new Set(own.map(({ name }) => name));
    return [...inherited.filter(({ name }) => !names.has(name)), ...own].filter(
      ({ name }, index, all) => all.findIndex((other) => other.name === name) === index,
    );
  }
}

function inSourceOrder(members = []) {
  return [...members].sort(
    ({ locationInModule: one }, { locationInModule: other }) => (one?.line ?? 0) - (other?.line ?? 0),
  );
}

/** `Size`, `k8s.Quantity` */
function shortName({ assembly, fqn }) {
  return fqn.slice(assembly.length + 1);
}
