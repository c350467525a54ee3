import { existsSync, readdirSync } from 'node:fs';
import tseslint from 'typescript-eslint';

/** Forbids imports whose path fits one of the patterns, and says which way imports run. */
const forbid = (patterns, message) => ({
  'no-restricted-imports': ['error', { patterns: [{ regex: patterns.join('|'), message }] }],
});

/** The folders of `grader/` in the order of the flow, each with those that it uses. */
const steps = {
  common: [],
  model: ['common'],
  assignments: ['common', 'model', 'host'],
  isolation: ['model'],
  host: ['common', 'model', 'isolation'],
  intake: ['common', 'model', 'host'],
  run: ['model', 'isolation', 'host'],
  compile: ['model', 'assignments', 'isolation', 'host'],
  documents: ['model', 'compile', 'host'],
  examine: ['model', 'compile', 'documents', 'isolation', 'run', 'host'],
  score: ['common', 'model'],
  report: ['common', 'model', 'host'],
  grade: ['common', 'model', 'compile', 'isolation', 'run', 'host', 'examine', 'score'],
  engines: ['common', 'model', 'assignments', 'intake', 'isolation', 'host', 'examine', 'grade'],
  gradebook: ['common', 'model', 'score', 'report', 'host'],
  platforms: ['common', 'model', 'assignments', 'gradebook', 'report', 'host'],
  course: [
    'common',
    'model',
    'assignments',
    'isolation',
    'examine',
    'grade',
    'engines',
    'score',
    'platforms',
    'gradebook',
    'report',
  ],
  leaderboard: ['common', 'model', 'engines', 'gradebook', 'course', 'report'],
  class: [
    'common',
    'model',
    'assignments',
    'host',
    'intake',
    'grade',
    'engines',
    'score',
    'platforms',
    'gradebook',
    'course',
    'report',
  ],
  similar: ['common', 'model', 'assignments', 'isolation', 'host', 'intake', 'compile', 'class'],
  prove: ['common', 'model', 'assignments', 'isolation', 'host', 'run', 'compile', 'examine'],
  authoring: ['common', 'model', 'assignments', 'isolation', 'host', 'run', 'compile', 'prove'],
  doctor: ['common', 'model', 'isolation'],
  release: ['model', 'assignments', 'host'],
  desk: [
    'common',
    'model',
    'assignments',
    'host',
    'gradebook',
    'course',
    'leaderboard',
    'class',
    'doctor',
    'platforms',
    'report',
  ],
  honesty: [
    'common',
    'model',
    'assignments',
    'isolation',
    'host',
    'compile',
    'examine',
    'grade',
    'release',
    'prove',
    'authoring',
  ],
};
const assignments = readdirSync('skeleton').filter((name) => existsSync(`skeleton/${name}/assignment.yaml`));
/** All but those that the grader is built on: an assignment's library and its sources are read as files. */
const OTHER_PACKAGES = '@im2grade/(?!(engine|data|handout|programs)(/|$))';
const allSteps = [...Object.keys(steps), 'cli'];

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/.cache/',
      'skeleton/*/assembly/',
      'bench/kernels/assembly/',
      'reports/',
      'docs/api/',
      'tests/*/naive/',
      'tests/*/accepted/',
      'examples/course/tests/*/accepted/',
    ],
  },
  ...tseslint.configs.strict,
  { languageOptions: { parserOptions: { projectService: true } } },
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      // A function that returns nothing or a verdict is just that.
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['skeleton/*/src/**', 'reference/**', 'examples/**'],
    ignores: [
      '**/*.test.ts',
      '**/test/**',
      'skeleton/engine/**',
      'skeleton/{handout,programs}/**',
      'examples/course/tests/**',
    ],
    rules: forbid(
      ['^node:', 'engine/(run|realm)', 'grader', 'tests/', 'reference/', '@im2grade/(data|kit|grader)'],
      'What a student gets, and what is run with it, knows the library and itself.',
    ),
  },
  {
    files: ['skeleton/engine/src/**'],
    ignores: ['**/*.test.ts'],
    rules: forbid(
      ['grader', 'tests/', 'reference/', '@im2grade/'],
      'The engine knows itself: fastconv and nn are built on it.',
    ),
  },
  {
    files: ['skeleton/formats/src/**'],
    ignores: ['**/*.test.ts'],
    rules: forbid(['^node:', 'grader', 'tests/', 'reference/', '@im2grade/'], 'A format knows bytes and numbers only.'),
  },
  {
    files: ['skeleton/models/src/**'],
    ignores: ['**/*.test.ts'],
    rules: forbid(
      ['^node:', 'grader', 'tests/', 'reference/', '@im2grade/(?!(engine|fastconv|formats|nn)(/|$))'],
      'Models are read from formats and computed by the library.',
    ),
  },
  {
    // What each of them is built on; a circle of packages would be none.
    files: ['skeleton/{nn,tensor,layers}/src/**'],
    ignores: ['**/*.test.ts'],
    rules: forbid(
      [
        '^node:',
        'engine/(run|realm)',
        'grader',
        'tests/',
        'reference/',
        '@im2grade/(data|kit|grader|fastconv|handout)',
      ],
      'What is taught knows the engine, and no convolution.',
    ),
  },
  {
    files: ['skeleton/handout/**'],
    ignores: ['**/*.test.ts'],
    rules: forbid(
      ['grader', 'tests/', 'reference/', '@im2grade/(?!(data|engine|nn|programs)(/|$))'],
      'The handout’s commands find the assignment in the current folder.',
    ),
  },
  {
    // Everything that suites are bundled with; their tests and programs may import more.
    files: ['tests/*/*.ts', 'examples/course/tests/*/*.ts'],
    ignores: [
      'tests/{kit,e2e}/**',
      '**/*.test.ts',
      '**/reference*.ts',
      '**/trainReference.ts',
      '**/make{Reference,Solutions}.ts',
    ],
    rules: forbid(
      ['^node:', 'grader', 'reference/', '\\.\\./kit', '@im2grade/data$'],
      'Suites import the kit, the library and the assignment’s own skeleton.',
    ),
  },
  {
    files: ['grader/**'],
    ignores: ['**/*.test.ts'],
    rules: forbid(
      ['tests/', 'reference/', 'skeleton/', OTHER_PACKAGES],
      'The grader finds assignments through assignment.yaml.',
    ),
  },
  ...Object.entries(steps).map(([step, uses]) => ({
    files: [`grader/${step}/**`],
    ignores: ['**/*.test.ts', '**/test/**'],
    rules: forbid(
      [
        'tests/',
        'reference/',
        'skeleton/',
        OTHER_PACKAGES,
        `\\.\\./(${allSteps.filter((other) => other !== step && !uses.includes(other)).join('|')})/`,
      ],
      `grader/${step} uses ${uses.join(', ') || 'nothing else of the grader'}.`,
    ),
  })),
  {
    // A stub unpacks what the student will need and does not use it yet.
    files: [...assignments.map((id) => `skeleton/${id}/src/**`), 'examples/course/skeleton/*/src/**'],
    rules: { '@typescript-eslint/no-unused-vars': 'off' },
  },
  { files: ['**/*.test.ts', '**/*.mjs'], rules: { '@typescript-eslint/no-floating-promises': 'off' } },
  { files: ['**/*.{mjs,cjs}'], ...tseslint.configs.disableTypeChecked },
  // Any Node can read them.
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
