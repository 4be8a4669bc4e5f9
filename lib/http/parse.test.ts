import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { parseInput } from '#lib/http/parse.ts'
import { Problem } from '#lib/http/problem.ts'

const Schema = z.strictObject({
  asset: z.enum(['MUSD', 'USDC'], { error: 'is one of MUSD, USDC' }),
  amount: z.string().superRefine((text, context) => {
    if (text === '0')
      context.addIssue({ code: 'custom', message: 'Nothing to buy.', params: { code: 'amount_out_of_range' } })
  }),
})

function refusal(input: unknown): Problem {
  try {
    parseInput(Schema, input)
  } catch (error) {
    if (error instanceof Problem) return error
  }
  throw new Error('was not refused')
}

describe('parseInput', () => {
  test('default', () => {
    expect(parseInput(Schema, { asset: 'MUSD', amount: '1' })).toEqual({ asset: 'MUSD', amount: '1' })
  })

  test('a refusal names the field and says what it takes', () => {
    expect(refusal({ asset: 'BTC', amount: '1' })).toMatchObject({
      status: 422,
      code: 'invalid_field',
      field: 'asset',
      detail: "'asset' is one of MUSD, USDC.",
    })
  })

  test("a schema's own code is kept", () => {
    expect(refusal({ asset: 'MUSD', amount: '0' })).toMatchObject({
      code: 'amount_out_of_range',
      detail: 'Nothing to buy.',
    })
  })

  test('an unknown field is refused by name', () => {
    expect(refusal({ asset: 'MUSD', amount: '1', ownerId: 'x' })).toMatchObject({
      code: 'unknown_field',
      field: 'ownerId',
    })
  })
})
