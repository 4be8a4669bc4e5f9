import { describe, expect, test } from 'vitest'
import { databaseCodes, documentedCodes, problemCodes } from '#scripts/checks/error-codes.ts'

describe('problemCodes', () => {
  test.each([
    ['a call', "throw new Problem(404, 'not_found', 'Not found', detail)", ['not_found']],
    ['a call over several lines', "new Problem(\n  422,\n  'invalid_field',\n  title)", ['invalid_field']],
    ['a list', "const refused = [401, 'code_refused', 'No', 'No.']", ['code_refused']],
    ['a record', "CWNTF: { status: 404, code: 'not_found', title }", ['not_found']],
    ['an issue of a schema', "params: { code: 'bad_checksum' }", ['bad_checksum']],
    ['a success is no problem', "answer(200, 'ok')", []],
    ['a provider’s code is not ours', "{ code: 'card_declined' }", []],
  ])('%s', (_form, source, codes) => {
    expect(problemCodes(source)).toEqual(codes)
  })
})

test('databaseCodes finds what a migration raises and what it waits for, and leaves standard states alone', () => {
  const sql =
    "raise exception 'x' using errcode = 'CWSTA'; raise exception 'y' using errcode='CWNTF', detail = 'z'; errcode = '42501'; perform private.need_attention(p_id, 'treasury_short', 'z')"
  expect(databaseCodes(sql)).toEqual(['CWSTA', 'CWNTF', 'treasury_short'])
})

test('documentedCodes reads the headings and nothing else', () => {
  expect([...documentedCodes('# Codes\n\n## Requests\n\n### `not_found`\n\nLike `other`.\n\n### CWNTF\n')]).toEqual([
    'not_found',
    'CWNTF',
  ])
})
