import { describe, expect, test } from 'vitest'
import { readCspReports } from '#lib/http/csp/report.ts'

const read = (value: unknown) => readCspReports(new TextEncoder().encode(JSON.stringify(value)))
const violation = (body: Record<string, unknown> = {}) => ({
  type: 'csp-violation',
  body: { documentURL: 'https://a.example/buy', blockedURL: 'inline', effectiveDirective: 'script-src-elem', ...body },
})
const kept = { page: 'https://a.example/buy', blocked: 'inline', directive: 'script-src-elem', source: '', line: null }

describe('a browser’s reports', () => {
  test('of report-uri', () => {
    const report = { 'document-uri': 'https://a.example/buy', 'blocked-uri': 'inline', 'line-number': 7 }
    expect(read({ 'csp-report': { ...report, 'violated-directive': 'script-src-elem' } })).toEqual([
      { ...kept, line: 7 },
    ])
  })

  test('of the Reporting API, without those about other things', () => {
    expect(read([violation(), { type: 'deprecation', body: {} }])).toEqual([kept])
  })

  test('lose what follows an address: queries, fragments, a data URL’s content', () => {
    const [report] = read([
      violation({
        documentURL: 'https://a.example/pay/1?next=x#secret',
        blockedURL: 'data:text/javascript,secret()',
        sourceFile: 'https://b.example/a.js?token=secret',
      }),
    ])
    expect(report).toMatchObject({
      page: 'https://a.example/pay/1',
      blocked: 'data:',
      source: 'https://b.example/a.js',
    })
  })

  test('are bounded: ten of them, and no long fields, no line ends', () => {
    const long = violation({ effectiveDirective: `script-src\n${'x'.repeat(5000)}`, blockedURL: 'q\n'.repeat(5000) })
    const reports = read(Array.from({ length: 50 }, () => long))
    expect(reports).toHaveLength(10)
    expect(JSON.stringify(reports)).not.toContain('\\n')
    expect(JSON.stringify(reports[0]).length).toBeLessThan(500)
  })

  test.each([null, 'text', 7, [], {}, { 'csp-report': 'no' }, [{ type: 'csp-violation' }], [7]])(
    'are none in %j',
    (value) => {
      expect(read(value)).toEqual([])
    },
  )

  test('are none in what is no JSON', () => {
    expect(readCspReports(new Uint8Array([0xff, 0x7b]))).toEqual([])
  })
})
