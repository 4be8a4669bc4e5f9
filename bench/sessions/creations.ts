import { randomBytes, randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { answerQuestions } from '#bench/child.ts'
import { requestHash } from '#bench/sessions/stored.ts'
import { createOnrampSession } from '#lib/onramp/create.ts'
import { quoteOnramp } from '#lib/onramp/quote.ts'
import { CreateSessionInput, QuoteInput } from '#lib/onramp/schema.ts'
import { readTermsInDatabase } from '#lib/onramp/terms-in-database.ts'
import { createOnrampSession as createAtStripe } from '#lib/rails/stripe/onramp-sessions.ts'
import { freshRates } from '#supabase/tests/support/rates.ts'

const purchase = { asset: 'USDC', network: 'mezo-testnet', sourceAmount: '25.00', sourceCurrency: 'USD' }
const walletAddress = '0x00000000000000000000000000000000000B0B42'

/** Begins so many purchases, so many at once. Returns how many a second. */
async function perSecond(count: number, connections: number, begin: () => Promise<unknown>): Promise<number> {
  let left = count
  const start = performance.now()
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      await begin()
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
  return (count * 1000) / (performance.now() - start)
}

type Round = { count: number; connections: number }

let bare: postgres.Sql | undefined

/** A row, Stripe's session, and its id in the row: the least that remembers what it asked Stripe for. */
async function insertAndAsk(sql: postgres.Sql): Promise<void> {
  const id = randomUUID()
  await sql`insert into public.bare_sessions (id, wallet_address) values (${id}, ${walletAddress})`
  const stripe = await createAtStripe({
    idempotencyKey: `bare-${id}`,
    walletAddress,
    stripeNetwork: 'base',
    sourceAmount: '25.00',
    sourceCurrency: 'USD',
    customerIp: undefined,
    metadata: { id },
  })
  await sql`update public.bare_sessions set stripe_session_id = ${stripe.id} where id = ${id}`
}

answerQuestions({
  ours: async ({ count, connections }: Round) => {
    await freshRates()
    const { id: quoteId } = await quoteOnramp({
      input: QuoteInput.parse(purchase),
      readTerms: readTermsInDatabase,
    })
    const input = CreateSessionInput.parse({ ...purchase, walletAddress, quoteId })
    return await perSecond(count, connections, () =>
      createOnrampSession({
        actor: { role: 'anon' },
        input,
        idempotencyKey: randomBytes(16).toString('hex'),
        requestHash,
      }),
    )
  },
  bare: async ({ count, connections, adminUrl }: Round & { adminUrl: string }) => {
    bare ??= postgres(adminUrl, { max: 10, prepare: false })
    const sql = bare
    return await perSecond(count, connections, () => insertAndAsk(sql))
  },
})
