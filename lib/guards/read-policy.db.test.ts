import { MockLanguageModelV4 } from 'ai/test'
import { describe, expect, test, vi } from 'vitest'
import { readPolicy } from '#lib/guards/read-policy.ts'
import { newPerson } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// A policy as its person wrote it, read by the parser, and by a model only as far as their words carry.

const { adminSql, as } = await testDatabase()

const address = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const person = await newPerson(adminSql)
await as(person)((sql) => sql`select app.save_contact('Merchant', ${address.toLowerCase()}, null)`)

/** A model that answers with these guards, each for the line of that number. */
function model(...rules: [number, object | string][]) {
  const text = JSON.stringify({
    rules: rules.map(([line, guard]) => ({ line, guard: typeof guard === 'string' ? guard : JSON.stringify(guard) })),
  })
  return new MockLanguageModelV4({
    doGenerate: {
      content: [{ type: 'text', text }],
      finishReason: { unified: 'stop', raw: 'stop' },
      usage: {
        inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
        outputTokens: { total: 1, text: 1, reasoning: 0 },
      },
      warnings: [],
    },
  })
}

test('without a model the parser reads, with the person’s own contacts', async () => {
  expect(await readPolicy(person, { text: 'Only pay Merchant. Be good.' }, null)).toEqual({
    by: 'parser',
    understood: [{ text: 'Only pay Merchant', guard: { type: 'recipients', mode: 'allow', addresses: [address] } }],
    notUnderstood: ['Be good'],
  })
  const stranger = await newPerson(adminSql)
  expect(await readPolicy(stranger, { text: 'Only pay Merchant' }, null)).toMatchObject({ understood: [] })
})

test('a model is asked only for what the parser did not understand', async () => {
  const asked = model()
  await readPolicy(person, { text: 'At most $5 a day' }, asked)
  expect(asked.doGenerateCalls).toHaveLength(0)
  const read = await readPolicy(
    person,
    { text: 'At most $5 a day. Give it 40 bucks to burn through each day.' },
    model([1, { type: 'budget', period: 'day', limit: '40.00' }]),
  )
  expect(read).toEqual({
    by: 'model',
    understood: [
      { text: 'At most $5 a day', guard: { type: 'budget', period: 'day', limit: '5.00' } },
      { text: 'Give it 40 bucks to burn through each day', guard: { type: 'budget', period: 'day', limit: '40.00' } },
    ],
    notUnderstood: [],
  })
})

describe('of what a model answers', () => {
  const line = 'Give it 40 bucks to burn through each day'
  test.each<[string, [number, object | string]]>([
    ['an amount that was not said', [1, { type: 'budget', period: 'day', limit: '400.00' }]],
    ['a recipient that was not named', [1, { type: 'recipients', mode: 'allow', addresses: [address] }]],
    ['a number that was not said', [1, { type: 'rate', period: 'day', limit: 7 }]],
    ['a line that there is not', [2, { type: 'screening' }]],
    ['what is no guard', [1, { type: 'budget', period: 'day', limit: '40.00', except: 'me' }]],
    ['what is no JSON', [1, 'budget 40']],
  ])('%s is not taken', async (_, rule) => {
    expect(await readPolicy(person, { text: line }, model(rule))).toEqual({
      by: 'parser',
      understood: [],
      notUnderstood: [line],
    })
  })

  test('nothing is taken when it fails, and the log says so', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    const broken = new MockLanguageModelV4({ doGenerate: () => Promise.reject(new Error('gone')) })
    expect(await readPolicy(person, { text: line }, broken)).toMatchObject({ by: 'parser', notUnderstood: [line] })
    expect(said).toHaveBeenCalledWith(expect.stringContaining('gone'))
  })
})
