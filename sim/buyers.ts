import { privateKeyToAddress } from 'viem/accounts'
import type { Actor } from '#lib/auth/actor.ts'
import { requestHash } from '#lib/http/idempotency.ts'
import { adoptOnrampSession } from '#lib/onramp/adopt.ts'
import { createOnrampSession } from '#lib/onramp/create.ts'
import { getOnrampSession } from '#lib/onramp/get.ts'
import { quoteOnramp } from '#lib/onramp/quote.ts'
import { CreateSessionInput, QuoteInput } from '#lib/onramp/schema.ts'
import { readTermsInDatabase } from '#lib/onramp/terms-in-database.ts'
import type { OnrampSession as StripeSession } from '#sandbox/stripe/state.ts'
import { network } from '#sim/chain.ts'
import { request, run, someFault } from '#sim/programs.ts'
import type { Purchase, World } from '#sim/world.ts'

/** Somebody new wants to buy something. */
export async function begin(world: World): Promise<void> {
  const { random, purchases, people } = world
  const cents = random.chance(0.9) ? random.between(100, 20_000) : random.between(100, 1_000_000)
  const asker = random.chance(0.3) ? random.pick([people.alice, people.bob]) : undefined
  const purchase: Purchase = {
    number: purchases.length + 1,
    wallet: privateKeyToAddress(`0x${random.bytes(32).toString('hex')}`),
    asker,
    owner: asker,
    request: {
      asset: random.chance(0.7) ? 'MUSD' : 'USDC',
      sourceAmount: `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`,
      sourceCurrency: random.chance(0.8) ? 'USD' : 'EUR',
    },
    idempotencyKey: random.bytes(16).toString('hex'),
    answers: [],
    seen: [],
  }
  purchases.push(purchase)
  if (random.chance(0.5)) await quote(world, purchase)
  await ask(world, purchase)
}

async function quote(world: World, purchase: Purchase): Promise<void> {
  const input = QuoteInput.parse({ ...purchase.request, network })
  const work = async (): Promise<void> => {
    purchase.request.quoteId = (await quoteOnramp({ input, readTerms: readTermsInDatabase })).id
  }
  await run(world, request(world, `quote for ${purchase.number}`, work, someFault(world, 0.05)))
}

/** Sends the request, or sends it again: the same one under the same key. */
export async function ask(world: World, purchase: Purchase): Promise<void> {
  const { random, stripe, tell } = world
  const body = { ...purchase.request, network, walletAddress: purchase.wallet }
  const actor: Actor = purchase.asker ?? { role: 'anon' }
  const send = async (): Promise<void> => {
    const { idempotencyKey } = purchase
    const input = CreateSessionInput.parse(body)
    const { created } = await createOnrampSession({ actor, input, idempotencyKey, requestHash: requestHash(body) })
    purchase.answers.push(created)
    tell(`  ${purchase.number} is session ${created.id}`)
  }
  if (world.trouble && random.chance(0.15)) await stripe.fail(random.pick([0, 500, 429]), random.between(1, 2))
  const twice = random.chance(0.05)
  const name = `purchase ${purchase.number} of ${purchase.request.asset}`
  const first = request(world, name, send, someFault(world, 0.2))
  await run(world, ...(twice ? [first, request(world, `${name}, sent twice`, send)] : [first]))
}

/** A buyer who got no answer, or who presses the button again. */
export async function askAgain(world: World): Promise<void> {
  const unanswered = world.purchases.filter(({ answers }) => answers.length === 0)
  const purchase = latest(world, unanswered.length > 0 && world.random.chance(0.8) ? unanswered : world.purchases)
  if (purchase) await ask(world, purchase)
}

const cards = [
  ...Array.from({ length: 14 }, () => '4242424242424242'),
  '4000000000000002',
  '4000000000009995',
  '4100000000000019',
  '4100000000000019',
] as const

/** A buyer who was shown Stripe's page pays there, in whatever state our own session is by then. */
export async function pay(world: World): Promise<void> {
  const { random, stripe, tell } = world
  const open = world.purchases.filter((purchase) => canPay(world, purchase))
  const purchase = latest(world, open)
  if (!purchase) return
  const session = stripeSessionOf(world, purchase)
  if (!session) return
  const card = random.pick(cards)
  const paid = stripe.desk.pay(session, card)
  if (paid.outcome.kind === 'paid') purchase.paidAt = world.clock.now()
  tell(`  purchase ${purchase.number}: card ${paid.outcome.kind}`)
  if (random.chance(0.7)) await stripe.payOut()
}

/** Stripe's session, by the address of the page that the buyer was shown. */
export function stripeSessionOf({ stripe }: World, { answers }: Purchase): StripeSession | undefined {
  const [answer] = answers
  return answer && stripe.state.onramp.all().find(({ pageHash }) => answer.checkoutUrl.endsWith(pageHash))
}

function canPay(world: World, purchase: Purchase): boolean {
  return ['initialized', 'requires_payment'].includes(stripeSessionOf(world, purchase)?.status ?? '')
}

/** Mostly one of the newest; now and then one of long ago. */
function latest({ random }: World, purchases: Purchase[]): Purchase | undefined {
  if (purchases.length === 0) return undefined
  return random.pick(random.chance(0.8) ? purchases.slice(-6) : purchases)
}

/** A person takes a purchase into their account, by its secret or by a wrong one. */
export async function adopt(world: World): Promise<void> {
  const { random, people } = world
  const purchase = latest(
    world,
    world.purchases.filter(({ answers }) => answers.length > 0),
  )
  const [answer] = purchase?.answers ?? []
  if (!purchase || !answer) return
  const actor = random.pick([people.alice, people.bob])
  const right = random.chance(0.7)
  const work = async (): Promise<void> => {
    await adoptOnrampSession({ actor, id: answer.id, secret: right ? answer.secret : 'guessed' })
    if (!right) world.wrong.push(`purchase ${purchase.number} was adopted by a wrong secret`)
    else if (purchase.owner && purchase.owner !== actor)
      world.wrong.push(`purchase ${purchase.number} was taken from its owner`)
    else purchase.owner = actor
  }
  await run(world, request(world, `adopt ${purchase.number}`, work, someFault(world, 0.1)))
}

/** A buyer looks at the page of their purchase. */
export async function look(world: World): Promise<void> {
  const purchase = latest(
    world,
    world.purchases.filter(({ answers }) => answers.length > 0),
  )
  const [answer] = purchase?.answers ?? []
  if (!purchase || !answer) return
  const work = async (): Promise<void> => {
    const { status } = await getOnrampSession({ actor: { role: 'anon', sessionKey: answer.secret }, id: answer.id })
    if (purchase.seen.at(-1) !== status) purchase.seen.push(status)
  }
  await run(world, request(world, `look at ${purchase.number}`, work))
}
