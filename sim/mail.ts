import { receiveStripeWebhook } from '#lib/webhooks/receive.ts'
import type { Outgoing } from '#sandbox/http/deliveries.ts'
import type { Process } from '#sim/machine.ts'
import { request, run, someFault } from '#sim/programs.ts'
import { signature, webhookSecrets } from '#sim/stripe.ts'
import type { World } from '#sim/world.ts'

type Letter = { event: Outgoing; answered: boolean }
type How = { body?: string; at?: number; secret?: string }

/** The request that delivers a webhook. `answered` tells whether it was acknowledged, as Stripe sends again what was not. */
function delivery(world: World, letter: Letter, how: How = {}): Process {
  const { event } = letter
  const { body = event.body, at = world.clock.now(), secret = webhookSecrets[0] } = how
  const work = async (): Promise<void> => {
    await receiveStripeWebhook({ rawBody: Buffer.from(body), header: signature(body, at, secret) })
    letter.answered = true
    world.acknowledged.add(event.eventId)
  }
  return request(world, `webhook ${event.eventId}`, work, someFault(world, 0.12))
}

/** Some webhooks arrive at the same time: in any order, once or more often, with either of our secrets. */
export async function post(world: World): Promise<void> {
  const { random, mail } = world
  const letters: Letter[] = []
  for (let count = random.chance(0.6) ? 1 : random.between(2, 5); count > 0 && mail.length > 0; count -= 1) {
    const [event] = mail.splice(random.chance(0.6) ? 0 : random.below(mail.length), 1)
    if (!event) break
    if (world.trouble && random.chance(0.1)) world.tell(`  ${event.eventId} is lost`)
    else letters.push({ event, answered: false })
    if (random.chance(0.05)) letters.push({ event, answered: false })
  }
  const processes = letters.map((letter) => {
    const secret = random.chance(0.9) ? webhookSecrets[0] : webhookSecrets[1]
    return delivery(world, letter, { secret })
  })
  await run(world, ...processes)
  for (const { event, answered } of letters) if (!answered || random.chance(0.1)) mail.push(event)
}

async function deliver(world: World, event: Outgoing, how: How = {}): Promise<boolean> {
  const letter = { event, answered: false }
  await run(world, delivery(world, letter, how))
  return letter.answered
}

/** An event of before comes again: as it was, with another body under its id, signed by nobody, or from a recording. */
export async function repost(world: World): Promise<void> {
  const { random, sent, clock } = world
  if (sent.length === 0) return
  const letter = random.pick(sent)
  const how = random.pick(['again', 'changed', 'forged', 'recorded'] as const)
  world.tell(`  ${letter.eventId} comes ${how}`)
  if (how === 'again') await deliver(world, letter)
  if (how === 'changed') {
    const body = letter.body.replace(/"status": "[a-z_]+"/, '"status": "fulfillment_complete"')
    await deliver(world, letter, { body })
  }
  if (how === 'forged' && (await deliver(world, letter, { secret: 'whsec_of_somebody_else' }))) {
    world.wrong.push(`${letter.eventId} was taken though nobody of ours signed it`)
  }
  if (how === 'recorded' && (await deliver(world, letter, { at: clock.now() - 301_000 }))) {
    world.wrong.push(`${letter.eventId} was taken though it was signed long ago`)
  }
}

/** Stripe delivers everything that it still has to, as it does for days. */
export async function postAll(world: World): Promise<void> {
  for (let turn = 0; world.mail.length > 0 && turn < 5000; turn += 1) await post(world)
}
