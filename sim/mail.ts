import { receiveStripeWebhook } from '#lib/webhooks/receive.ts'
import type { Outgoing } from '#sandbox/http/deliveries.ts'
import { request, run, someFault } from '#sim/programs.ts'
import { signature, webhookSecrets } from '#sim/stripe.ts'
import type { World } from '#sim/world.ts'

/** Delivers a webhook; it is off our hands only when that was acknowledged, as Stripe sends again what was not. */
async function deliver(
  world: World,
  letter: Outgoing,
  options: { body?: string; at?: number; secret?: string } = {},
): Promise<boolean> {
  const { body = letter.body, at = world.clock.now(), secret = webhookSecrets[0] } = options
  let answered = false
  const work = async (): Promise<void> => {
    await receiveStripeWebhook({ rawBody: Buffer.from(body), header: signature(body, at, secret) })
    answered = true
  }
  await run(world, request(world, `webhook ${letter.eventId}`, work, someFault(world, 0.12)))
  return answered
}

/** One webhook arrives: in any order, once or more often, with either of our secrets. */
export async function post(world: World): Promise<void> {
  const { random, mail, acknowledged } = world
  if (mail.length === 0) return
  const index = random.chance(0.6) ? 0 : random.below(mail.length)
  const [letter] = mail.splice(index, 1)
  if (!letter) return
  if (world.trouble && random.chance(0.1)) {
    world.tell(`  ${letter.eventId} is lost`)
    return
  }
  const secret = random.chance(0.9) ? webhookSecrets[0] : webhookSecrets[1]
  const answered = await deliver(world, letter, { secret })
  if (answered) acknowledged.add(letter.eventId)
  if (!answered || random.chance(0.1)) mail.push(letter)
}

/** An event of before comes again: as it was, with another body under its id, signed by nobody, or from a recording. */
export async function repost(world: World): Promise<void> {
  const { random, sent, acknowledged, clock } = world
  if (sent.length === 0) return
  const letter = random.pick(sent)
  const how = random.pick(['again', 'changed', 'forged', 'recorded'] as const)
  world.tell(`  ${letter.eventId} comes ${how}`)
  if (how === 'again' && (await deliver(world, letter))) acknowledged.add(letter.eventId)
  if (how === 'changed') {
    const body = letter.body.replace(/"status": "[a-z_]+"/, '"status": "fulfillment_complete"')
    if (await deliver(world, letter, { body })) acknowledged.add(letter.eventId)
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
