import { z } from 'zod'

/** What is kept of a browser's report: where, what, and by which rule. Never a query, a fragment or a piece of script. */
export type CspReport = { page: string; blocked: string; directive: string; source: string; line: number | null }

const text = z.string().catch('')
const line = z.number().int().nonnegative().nullable().catch(null).default(null)

/** As `report-uri` sends it: one report. */
const Legacy = z.object({
  'csp-report': z.object({
    'document-uri': text.default(''),
    'blocked-uri': text.default(''),
    'effective-directive': text.default(''),
    'violated-directive': text.default(''),
    'source-file': text.default(''),
    'line-number': line,
  }),
})

/** As the Reporting API sends them: several, of which only some are about the policy. */
const Reports = z.array(
  z.object({
    type: z.string(),
    body: z
      .object({
        documentURL: text.default(''),
        blockedURL: text.default(''),
        effectiveDirective: text.default(''),
        sourceFile: text.default(''),
        lineNumber: line,
      })
      .optional(),
  }),
)

/** The reports in a body, ten at most, each field cut to what an address is made of. A body that is no report has none. */
export function readCspReports(body: Uint8Array): CspReport[] {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return []
  }
  const legacy = Legacy.safeParse(value)
  if (legacy.success) {
    const report = legacy.data['csp-report']
    return [
      {
        page: address(report['document-uri']),
        blocked: address(report['blocked-uri']),
        directive: word(report['effective-directive'] || report['violated-directive']),
        source: address(report['source-file']),
        line: report['line-number'],
      },
    ]
  }
  const several = Reports.safeParse(value)
  if (!several.success) return []
  return several.data.slice(0, 10).flatMap(({ type, body: report }) =>
    type === 'csp-violation' && report
      ? [
          {
            page: address(report.documentURL),
            blocked: address(report.blockedURL),
            directive: word(report.effectiveDirective),
            source: address(report.sourceFile),
            line: report.lineNumber,
          },
        ]
      : [],
  )
}

/** An address without what may be private in it, or a word such as `inline`. The log's readers are spared the rest. */
function address(given: string): string {
  if (!URL.canParse(given)) return word(given)
  const { protocol, host, pathname } = new URL(given)
  return (/^(https?|wss?):$/.test(protocol) ? `${protocol}//${host}${pathname}` : protocol).slice(0, 200)
}

function word(given: string): string {
  return given.replace(/[^a-z-]/gi, '').slice(0, 40)
}
