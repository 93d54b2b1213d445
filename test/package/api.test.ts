import { cpSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TestFolder } from '../unit/folder';
import { run } from './run';

/** Runs the script on a project whose library is `source`, in the folder lib/hub/. */
function api(folder: TestFolder, source: string, ...args: string[]) {
  folder.write('lib/index.ts', "export * from './hub/thing';\n");
  folder.write('lib/hub/thing.ts', source);
  return run('node', [resolve('scripts/api.mjs'), ...args], folder.path);
}

function project(): TestFolder {
  const folder = new TestFolder();
  cpSync('tsconfig.json', join(folder.path, 'tsconfig.json'));
  cpSync('package.json', join(folder.path, 'package.json'));
  folder.write('imports/none.ts', 'export {};\n');
  folder.write('docs/api.md', 'old\n');
  symlinkSync(resolve('node_modules'), join(folder.path, 'node_modules'));
  return folder;
}

const good = `
/** Properties of {@link Thing}. */
export interface ThingProps {
  /**
   * How many.
   * @default 1
   */
  readonly count?: number;
  /** Its name, or \`a | b\`. */
  readonly name: string;
}

/** A thing. Nobody knows more. */
export class Thing {
  /** Makes one of them. */
  public static of(props: ThingProps): Thing {
    return new Thing(props.name);
  }

  private constructor(
    /** Its name. */
    public readonly name: string,
  ) {}

  /**
   * Other things.
   * @param names their names
   * @throws if there are none
   */
  public others(names: string[]): Thing[] {
    return names.map((name) => new Thing(name));
  }
}
`;

describe('with an API that follows the rules and is documented', () => {
  const folder = project();

  test('--check says that the page is not what the API gives, and writes nothing', () => {
    expect(api(folder, good, '--check')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'docs/api.md is not what the public API of lib/ gives. Run: npm run docs:api\n',
    });
    expect(folder.files('docs')).toEqual({ 'api.md': 'old\n' });
  });

  test('the page has everything, and --check is content with it', () => {
    expect(api(folder, good)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(folder.files('docs')['api.md']).toBe(`# API

Everything that \`import … from 'cdk8s-rhdh'\` gives. Written by \`npm run docs:api\` from the docstrings; properties without a default are required.

- [lib/hub](#libhub): [Thing](#thing), [ThingProps](#thingprops)

## lib/hub

### Thing

A thing. Nobody knows more.

- \`Thing.of(props: ThingProps): Thing\`: Makes one of them.
- \`name: string\`: Its name.
- \`others(names: string[]): Thing[]\`: Other things.
  - \`names\`: their names.
  - throws if there are none

### ThingProps

Properties of [Thing](#thing).

| property | type | meaning | default |
| --- | --- | --- | --- |
| \`name\` | string | Its name, or \`a \\| b\`. |  |
| \`count\` | number | How many. | \`1\` |
`);
    expect(api(folder, good, '--check')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('the table of types, with which arguments are compared, is of the same API', () => {
    expect(folder.files('lib/api')['api-types.ts']).toContain('"Thing.of": { props: "ThingProps" }');
    folder.write('lib/api/api-types.ts', 'old\n');
    expect(api(folder, good, '--check')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'lib/api/api-types.ts is not what the public API of lib/ gives. Run: npm run docs:api\n',
    });
  });
});

describe('with an API that does not', () => {
  const folder = project();
  const refusal = (source: string) => {
    const { status, stderr } = api(folder, source);
    return [status, stderr];
  };

  test('what has no docstring or default, and unions, are refused, all at once', () => {
    const source = `export interface ThingProps { readonly count?: number; }
/** A thing. */
export class Thing { public more(names: (string | number)[]): void { void names; } }
`;
    expect(refusal(source)).toEqual([
      1,
      `The public API is not as it must be:
  Thing.more has no docstring
  Thing.more has a union type; write a class with static factories, or an enum
  ThingProps has no docstring
  ThingProps.count has no docstring
  ThingProps.count is optional and has no @default
`,
    ]);
  });

  test('what jsii refuses is told with its place', () => {
    const source = `/** A thing. */
export class Thing {
  /** Calls. */
  public call: () => void = () => {};
}
`;
    expect(refusal(source)).toEqual([
      1,
      `The public API does not follow the rules of jsii:
  lib/hub/thing.ts:4:16 - error JSII1003: Only string-indexed map types are supported [typescript-restrictions/unsupported-type]
`,
    ]);
  });
});
