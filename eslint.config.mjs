import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Constants are camelCase too; only public members that act as an enum are UPPER_CASE. */
const names = [
  { selector: 'variable', format: ['camelCase'], leadingUnderscore: 'allow' },
  { selector: 'variable', modifiers: ['destructured'], format: null },
  // A class that is loaded when it is needed.
  { selector: 'variable', filter: '^[A-Z][a-z]', format: ['PascalCase'] },
  {
    selector: 'classProperty',
    modifiers: ['private', 'static'],
    format: ['camelCase'],
    leadingUnderscore: 'allow',
  },
];

const openers =
  'An?|The|Another|After|All|Before|Both|Each|Every|Everything|If|In|Its?|No|Nobody|Nothing|Of|On|One|Only|Several|That|These|' +
  'This|Those|Two|What|When|Where|While|Who|With|Without';
const titles = {
  selector: `:matches(CallExpression[callee.name=/^(describe|test)$/], CallExpression[callee.callee.object.name=/^(describe|test)$/]) > Literal:first-child[value=/^(${openers})[ ,]/]`,
  message: 'A title begins with a lower-case letter, or with a name.',
};

export default tseslint.config(
  { ignores: ['**/build/', 'coverage/', 'dist/', 'imports/', 'lib/migration/scripts.ts', 'node_modules/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/explicit-member-accessibility': ['error', { accessibility: 'no-public' }],
      '@typescript-eslint/naming-convention': ['error', ...names],
      // Kubernetes objects are JSON that nobody has types for.
      '@typescript-eslint/no-explicit-any': 'off',
    },
  },
  { rules: { curly: ['error', 'multi-line', 'consistent'] } },
  { files: ['**/*.test.ts'], rules: { 'no-restricted-syntax': ['error', titles] } },
  // A command loads what it needs when it runs; import() of a CommonJS module would need its built file's name.
  { files: ['**/*.test.ts', 'cli/**'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
        __filename: 'readonly',
        performance: 'readonly',
        setTimeout: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
      },
    },
  },
);
