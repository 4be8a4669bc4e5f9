import { type Check, program } from '#scripts/checks/check.ts'
import { documentReferences } from '#scripts/checks/document-references.ts'
import { errorCodes } from '#scripts/checks/error-codes.ts'

const cruised = [
  'app',
  'components',
  'lib',
  'sandbox',
  'scripts',
  'e2e',
  'bench',
  'supabase',
  'examples',
  'proxy.ts',
  'instrumentation.ts',
]

/** What holds for the source without running it. No database, no browser, no build: seconds. */
export const checks: Check[] = [
  program('format and lint (biome)', 'biome', ['check', '--error-on-warnings', '--max-diagnostics=50', '.']),
  program('route types (next typegen)', 'next', ['typegen']),
  program('types (tsc)', 'tsc', ['--noEmit']),
  program('dependency rule', 'depcruise', ['--output-type', 'err-long', ...cruised]),
  program('client types are current', 'node', ['scripts/api-types.ts', '--check']),
  program('dead code (knip)', 'knip', ['--no-progress', '--treat-config-hints-as-errors']),
  { name: 'error codes are documented', run: errorCodes },
  { name: 'documents name real files', run: documentReferences },
]
