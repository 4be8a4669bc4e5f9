import { describe, expect, test } from 'vitest'
import { parseEnvironment } from '#lib/env.ts'

const complete = {
  APP_URL: 'https://causeway.test/',
  APP_SECRET: 'x'.repeat(32),
  DATABASE_URL: 'postgres://causeway:secret@db.test/postgres',
  SUPABASE_URL: 'https://project.supabase.co',
  SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_x',
  STRIPE_SECRET_KEY: 'sk_test_x',
  STRIPE_WEBHOOK_SECRETS: 'whsec_new, whsec_old',
}

describe('parseEnvironment', () => {
  test('default', () => {
    expect(parseEnvironment(complete)).toMatchObject({
      APP_URL: 'https://causeway.test',
      STRIPE_WEBHOOK_SECRETS: ['whsec_new', 'whsec_old'],
      STRIPE_NETWORKS: { base: 'base', ethereum: 'ethereum' },
      TREASURY_FEE_BPS: 50,
    })
  })

  test('an empty variable counts as absent', () => {
    expect(parseEnvironment({ ...complete, STRIPE_PUBLISHABLE_KEY: '' }).STRIPE_PUBLISHABLE_KEY).toBeUndefined()
  })

  test('names every fault at once and shows no value', () => {
    const faulty = { ...complete, APP_SECRET: 'hunter2', STRIPE_SECRET_KEY: 'hunter3', DATABASE_URL: undefined }
    expect(() => parseEnvironment(faulty)).toThrow(/APP_SECRET[\s\S]*DATABASE_URL[\s\S]*STRIPE_SECRET_KEY/)
    expect(() => parseEnvironment(faulty)).not.toThrow(/hunter/)
  })

  test('half a treasury is refused', () => {
    expect(() => parseEnvironment({ ...complete, TREASURY_NETWORK: 'mezo' })).toThrow(/set together/)
  })

  test.each(['base', 'base=', '=base', 'a=b=c'])('STRIPE_NETWORKS %j is refused', (text) => {
    expect(() => parseEnvironment({ ...complete, STRIPE_NETWORKS: text })).toThrow(/name=value/)
  })
})
