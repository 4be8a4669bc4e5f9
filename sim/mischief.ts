import { keccak256, parseGwei, parseUnits } from 'viem'
import type { World } from '#sim/world.ts'

// What befalls the chain, the treasury and the ways to them.

/** What confirmations are asked for here is three, so that two blocks may be taken back without a promise being broken. */
const deepest = 2

/** The newest blocks are replaced. What was in them waits again, or is forgotten. */
export async function reorganise(world: World): Promise<void> {
  const { random, chain, stripe, network, byHand, tell } = world
  if ((await chain.node.getBlockNumber()) < 10n) return
  const depth = random.between(1, deepest)
  const lost = await chain.reorganise(depth)
  tell(`  ${depth} blocks taken back, with ${lost.length} transactions`)
  if (random.chance(0.6)) {
    for (const hash of lost) {
      const raw = network.offered.get(hash) ?? byHand.get(hash)
      if (raw) await chain.offer(raw)
    }
  }
  if (random.chance(0.8)) await stripe.sendAgain(random.chance(0.3))
}

/** Gas becomes dear, up to beyond what the treasury pays, or cheap again. */
export async function moveBaseFee({ random, chain, tell }: World): Promise<void> {
  const gwei = random.pick(['1', '1', '1', '5', '20', '60', '130'])
  tell(`  the base fee is ${gwei} gwei`)
  await chain.node.setNextBlockBaseFeePerGas({ baseFeePerGas: parseGwei(gwei) })
  await chain.mine(1)
}

/** Nodes forget a transaction of the treasury's that waits, or all of them. */
export async function forget({ random, chain, tell }: World): Promise<void> {
  const waiting = await chain.waiting(chain.treasury.address)
  if (waiting.length === 0) return
  const forgotten = random.chance(0.3) ? waiting : [random.pick(waiting)]
  tell(`  forgotten: ${forgotten.join(', ')}`)
  for (const hash of forgotten) await chain.drop(hash)
}

/** Somewhere in the network one was kept, however old it is, and is offered again. */
export async function remember({ random, chain, network, byHand, tell }: World): Promise<void> {
  const kept = [...network.offered.values(), ...byHand.values()]
  if (kept.length === 0) return
  const raw = random.pick(random.chance(0.7) ? kept.slice(-8) : kept)
  tell(`  ${keccak256(raw)} is offered again${(await chain.offer(raw)) ? '' : ', and not taken'}`)
}

/** The owner uses the treasury's key by hand: a withdrawal at the next nonce as the node tells it, or further on. */
export async function useKeyByHand(world: World): Promise<void> {
  const { random, chain, byHand, tell } = world
  const { address } = chain.treasury
  const tag = random.chance(0.5) ? 'latest' : 'pending'
  const next = await chain.node.getTransactionCount({ address, blockTag: tag })
  const nonce = next + (random.chance(0.75) ? 0 : random.between(1, 2))
  const has = await chain.balance('MUSD', address)
  const amount = random.chance(0.5) ? 1n : (has * BigInt(random.between(1, 60))) / 100n
  const raw = await chain.signed(chain.treasury, {
    asset: 'MUSD',
    to: chain.cold,
    amount,
    nonce,
    gwei: random.pick(['90', '300']),
  })
  byHand.set(keccak256(raw), raw)
  const taken = await chain.offer(raw)
  tell(`  by hand at ${nonce} (${tag} ${next}): ${amount}${taken ? '' : ', not taken'}`)
}

/** The treasury's owner pays in, or the gas runs out, or is filled up. */
export async function fund(world: World): Promise<void> {
  const { random, chain, tell } = world
  const { address } = chain.treasury
  const what = random.pick(['MUSD', 'MUSD', 'no gas', 'gas', 'gas'] as const)
  tell(`  ${what}`)
  if (what === 'MUSD') await chain.mint('MUSD', address, parseUnits(String(random.between(50, 3000)), 18))
  if (what === 'no gas') await chain.node.setBalance({ address, value: 1n })
  if (what === 'gas') await chain.node.setBalance({ address, value: parseUnits('10', 18) })
}

/** A node goes away or comes back, or falls behind. */
export async function moveNodes({ random, network, tell }: World): Promise<void> {
  const index = random.below(2)
  const node = network.nodes[index]
  if (!node) return
  node.up = random.chance(0.75)
  node.lag = random.chance(0.6) ? 0 : random.between(1, 4)
  tell(`  node ${index} is ${node.up ? 'up' : 'down'}, ${node.lag} behind`)
}

/** Jobs are lost, as by a restore of a backup, or by a hand that deletes. */
export async function loseJobs({ sql, random, tell }: World): Promise<void> {
  const rows = await sql`select id::text from graphile_worker._private_jobs where locked_at is null order by id`
  const lost = rows.filter(() => random.chance(0.5)).map(({ id }) => id)
  tell(`  ${lost.length} of ${rows.length} jobs are lost`)
  if (lost.length > 0) await sql`delete from graphile_worker._private_jobs where id in ${sql(lost)}`
}
