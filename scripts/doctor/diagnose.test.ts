import { expect, test } from 'vitest'
import { freePort } from '#sandbox/ports.ts'
import { diagnose } from '#scripts/doctor/diagnose.ts'
import { report } from '#scripts/doctor/report.ts'

test('where nothing answers, each group fails once, and no secret is shown', async () => {
  const nowhere = `127.0.0.1:${await freePort()}`
  const secrets = {
    APP_SECRET: 'q3Vt8Zs0LxW5nBk1RjY7cHf2GdMp9TaE4uKo6iXy',
    DATABASE_URL: `postgresql://causeway:Hunter2Hunter2@${nowhere}/postgres`,
    SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_of_this_test',
    STRIPE_SECRET_KEY: 'sk_test_of_this_test_only',
    STRIPE_WEBHOOK_SECRETS: 'whsec_newest_of_test,whsec_oldest_of_test',
    TREASURY_PRIVATE_KEY: `0x${'7'.repeat(64)}`,
  }
  const findings = await diagnose({
    ...secrets,
    APP_URL: `http://${nowhere}`,
    SUPABASE_URL: `http://${nowhere}`,
    STRIPE_API_URL: `http://${nowhere}`,
    COINGECKO_API_URL: `http://${nowhere}`,
    COINBASE_API_URL: `http://${nowhere}`,
    STRIPE_NETWORKS: 'mezo-testnet=base',
    RPC_URL_MEZO_TESTNET: `http://${nowhere}`,
    TREASURY_NETWORK: 'mezo-testnet',
  })
  for (const group of ['Database', 'Supabase', 'Stripe', 'Mezo testnet', 'App']) {
    const [gate, ...others] = findings.filter((finding) => finding.group === group)
    expect(gate, group).toMatchObject({ state: 'fail', step: expect.any(String) })
    const beyond = others.filter(({ state, name }) => state !== 'skip' && name !== 'encryption')
    expect(beyond, group).toEqual([])
  }
  expect(findings.filter(({ group }) => group === 'Rates').map(({ state }) => state)).toEqual(['fail', 'fail', 'skip'])
  expect(findings.filter(({ group, state }) => group === 'Work' && state !== 'skip')).toEqual([])
  for (const { state, step } of findings) expect(step !== undefined).toBe(state === 'fail' || state === 'warn')
  const text = report(findings, { colour: false })
  const shown = Object.values(secrets)
    .flatMap((secret) => [...secret.split(','), 'Hunter2Hunter2'])
    .filter((secret) => text.includes(secret))
  expect(shown).toEqual([])
})

test('with next to nothing configured it says what to set', async () => {
  const node = `http://127.0.0.1:${await freePort()}`
  const findings = await diagnose({
    STRIPE_NETWORKS: 'mezo-testnet=base',
    RPC_URL_MEZO_TESTNET: node,
    COINGECKO_API_URL: node,
  })
  const faults = findings.filter(({ group, state }) => group === 'Configuration' && state === 'fail')
  expect(faults.map(({ name }) => name)).toEqual([
    'APP_URL',
    'APP_SECRET',
    'DATABASE_URL',
    'SUPABASE_URL',
    'SUPABASE_PUBLISHABLE_KEY',
    'STRIPE_SECRET_KEY',
    'STRIPE_WEBHOOK_SECRETS',
  ])
})
