// The arrows of docs/architecture.md as rules: app → components, lib; lib/<noun> → shared parts and rails; sandbox ← tests only.

const tests = '\\.test\\.tsx?$|^supabase/tests/'
/** Parts of lib that every noun stands on. Everything else directly under lib is a noun. */
const shared = 'auth|db|http|money|jobs|ledger|receipts|audit|webhooks|rails|transfers|telemetry|outside'
/** Files of the rails that hold only names and addresses, and so may reach a browser and the other rails. */
const browserSafeRails = '^lib/rails/chain/(networks|tokens)\\.ts$'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that names no file or package.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'lib-never-imports-app',
      comment: 'Routes and pages call verbs; verbs know no pages.',
      severity: 'error',
      from: { path: '^lib/', pathNot: tests },
      to: { path: '^(app|components)/' },
    },
    {
      name: 'components-have-no-data-access',
      // Direct imports only: the parser cannot tell a type, which may come from anywhere, from a value. What a value drags
      // along into the browser is held by the build and the size check.
      comment: 'Components get props and give events. Only names and addresses of the rails may reach a browser.',
      severity: 'error',
      from: { path: '^components/', pathNot: tests },
      to: { path: '^lib/(db|rails|jobs|ledger|audit|webhooks|telemetry|log\\.ts|env\\.ts)', pathNot: browserSafeRails },
    },
    {
      name: 'components-never-import-app',
      comment: 'The one exception is a server action handed down by its page, which comes as a prop.',
      severity: 'error',
      from: { path: '^components/', pathNot: tests },
      to: { path: '^app/' },
    },
    {
      name: 'sandbox-is-for-the-local-world',
      comment: 'The app must not know whether it talks to a stand-in.',
      severity: 'error',
      from: { pathNot: ['^(sandbox|scripts|e2e|bench|sim)/', tests, '^(vitest|playwright)\\.config\\.ts$'] },
      to: { path: '^sandbox/' },
    },
    {
      name: 'app-runs-without-tests',
      comment: 'Nothing that ships imports a test or its support.',
      severity: 'error',
      from: { pathNot: ['^(scripts|e2e|bench|sim)/', tests, '^(vitest|playwright)\\.config\\.ts$'] },
      to: { path: ['^(e2e|bench|scripts)/', tests], pathNot: '^scripts/migrate\\.ts$' },
    },
    {
      name: 'a-noun-is-called-by-its-verbs',
      comment: "Another noun's tasks, tests and internals are its own; only its verbs, schema and errors are called.",
      severity: 'error',
      from: { path: '^lib/([^/]+)/', pathNot: '^lib/jobs/tasks\\.ts$' },
      to: { path: `^lib/(?!(?:${shared})/)[^/]+/(?:tasks|internal)/`, pathNot: '^lib/$1/' },
    },
    {
      name: 'tasks-belong-to-their-noun',
      comment: "Only the worker's task list gathers every noun's tasks.",
      severity: 'error',
      from: { path: '^(app|components|lib/(?!jobs/))', pathNot: [tests, '^lib/[^/]+/tasks/'] },
      to: { path: '^lib/[^/]+/tasks/' },
    },
    {
      name: 'forecasts-touch-no-quote',
      comment:
        'What may come is for reading. What is paid stands on prices that were read, so no other verb may know a forecast.',
      severity: 'error',
      from: { path: '^lib/', pathNot: [tests, '^lib/rates/(forecast/|read\\.ts$)', '^lib/(jobs|openapi)/'] },
      to: { path: '^lib/rates/forecast/' },
    },
    {
      name: 'rails-know-no-noun',
      comment: 'A rail speaks to a provider; what its answer means is decided by the noun.',
      severity: 'error',
      from: { path: '^lib/rails/', pathNot: tests },
      to: { path: '^lib/', pathNot: '^lib/(rails|money|http|telemetry|env\\.ts|log\\.ts)' },
    },
    {
      name: 'rails-stand-apart',
      comment: 'One rail never calls another. Names and addresses of the chains and tokens are the same for all.',
      severity: 'error',
      from: { path: '^lib/rails/([^/]+)/', pathNot: tests },
      to: { path: '^lib/rails/[^/]+/', pathNot: ['^lib/rails/$1/', browserSafeRails] },
    },
    {
      name: 'shared-parts-know-no-noun',
      comment:
        'What every noun stands on stands on none of them. The worker and the webhook handlers are where nouns meet.',
      severity: 'error',
      from: { path: '^lib/(auth|db|http|money|ledger|audit|telemetry|outside)/', pathNot: tests },
      to: { path: `^lib/(?!(?:${shared})/)[^/]+/` },
    },
    {
      name: 'ships-only-its-dependencies',
      comment: 'What the app imports is a dependency, not a development tool.',
      severity: 'error',
      from: { path: '^(app|components|lib|proxy\\.ts|instrumentation\\.ts)', pathNot: tests },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|\\.causeway|node_modules/\\.cache)/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
