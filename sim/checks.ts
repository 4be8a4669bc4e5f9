import type { QuoteRate } from '#lib/onramp/schema.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { network } from '#sim/chain.ts'
import type { World } from '#sim/world.ts'

/** What holds at every moment. Cheap enough to be asked after each step. */
export async function checkNow(world: World): Promise<void> {
  const { sql, wrong } = world
  const rows = await sql`
    select 'the entries of ' || a.asset || ' do not add up to nothing' as what
      from public.ledger_entries e join public.ledger_accounts a on a.id = e.account_id group by a.asset having sum(e.amount) <> 0
    union all
    select 'account ' || a.kind || ' ' || a.asset || ' is not the sum of its entries' from public.ledger_accounts a
      where posted <> (select coalesce(sum(e.amount), 0) from public.ledger_entries e join public.ledger_transfers t on t.id = e.transfer_id
          where e.account_id = a.id and t.status = 'posted')
        or held <> (select coalesce(-sum(e.amount), 0) from public.ledger_entries e join public.ledger_transfers t on t.id = e.transfer_id
          where e.account_id = a.id and t.status = 'pending' and e.amount < 0)
    union all
    select 'account ' || kind || ' ' || asset || ' is below its floor' from public.ledger_accounts where posted - held < floor
    union all
    select 'session ' || session_id || ' has ' || count(*) || ' open or done ' || kind from public.transfers
      where status <> 'failed' and session_id is not null group by session_id, kind having count(*) > 1
    union all
    select 'nonce ' || nonce || ' is held twice' from public.transfers
      where nonce is not null and failure is distinct from 'released' group by nonce, from_address having count(*) > 1`
  for (const { what } of rows) wrong.push(what)
  await checkPayments(world)
}

/** By the chain: nobody was paid twice, and whoever is said to have been paid was. */
async function checkPayments({ chain, sql, purchases, wrong }: World): Promise<void> {
  const buyers = new Set<string>(purchases.map(({ wallet }) => wallet.toLowerCase()))
  const paid = new Map<string, bigint>()
  for (const asset of ['MUSD', 'USDC'] as const) {
    for (const { to, amount } of await chain.moved(asset)) {
      const wallet = to.toLowerCase()
      if (!buyers.has(wallet)) continue
      if (paid.has(wallet)) wrong.push(`${to} was paid twice`)
      paid.set(wallet, amount)
    }
  }
  const said = await sql`
    select id, wallet_address as wallet, delivered_amount::text as amount from public.onramp_sessions where status = 'delivered'`
  for (const { id, wallet, amount } of said)
    if (String(paid.get(wallet)) !== amount)
      wrong.push(`session ${id} is said to have brought ${amount}, and brought ${paid.get(wallet)}`)
}

/** What holds once the world has come to rest. */
export async function checkAtRest(world: World): Promise<void> {
  await checkNow(world)
  await checkBuyers(world)
  await checkTreasury(world)
  await checkHistories(world)
  await checkInbox(world)
  await checkNothingIsLeft(world)
}

/** Each purchase, from outside: what Stripe took, against what the chain brought. */
async function checkBuyers(world: World): Promise<void> {
  const { chain, sql, stripe, purchases, wrong } = world
  const moved = { MUSD: await chain.moved('MUSD'), USDC: await chain.moved('USDC') }
  const sessions =
    await sql`select id, status, wallet_address, delivered_amount::text, paid_after_expiry_at, quoted_amount::text, expires_at, created_at, quote -> 'rate' as rate from public.onramp_sessions`
  const byId = new Map(sessions.map((row) => [row.id, row]))
  const paidBy = new Map(stripe.state.onramp.all().map((session) => [session.metadata.causeway_session_id, session]))
  if (paidBy.size !== stripe.state.onramp.all().length) wrong.push('Stripe has two sessions for one of ours')

  for (const purchase of purchases) {
    const { number, wallet, request, answers, seen } = purchase
    const what = `purchase ${number}`
    if (new Set(answers.map(({ id }) => id)).size > 1) wrong.push(`${what} became several sessions`)
    const rows = sessions.filter((row) => row.wallet_address === wallet.toLowerCase())
    if (rows.length > 1) wrong.push(`${what} has ${rows.length} sessions`)
    const [row] = rows
    if (!row) {
      if (answers.length > 0) wrong.push(`${what} was answered and is not there`)
      continue
    }
    const session = paidBy.get(row.id)
    const taken = session !== undefined && ['fulfillment_processing', 'fulfillment_complete'].includes(session.status)
    const arrived = moved[request.asset].filter(({ to }) => to === wallet).map(({ amount }) => amount)
    const agreed = taken ? amountFor(row.rate, session.purchase?.destinationAmount ?? '0') : 0n
    const late = row.paid_after_expiry_at !== null
    // Stripe itself pays USDC to the buyer; of what it took too late for MUSD, a person decides.
    const due = taken && (!late || request.asset === 'USDC') ? [agreed] : []
    if (String(arrived) !== String(due))
      wrong.push(`${what} (${row.status}, ${row.id}) got [${arrived}] and was due [${due}]`)
    if (late && (purchase.paidAt ?? 0) < row.expires_at.getTime() - clocksDiffer)
      wrong.push(`${what} was paid in time and expired`)
    const status = !taken
      ? session?.status === 'rejected'
        ? ['rejected', 'expired']
        : ['expired']
      : late
        ? ['expired']
        : ['delivered']
    if (!status.includes(row.status)) wrong.push(`${what} is ${row.status} and should be ${status.join(' or ')}`)
    if (row.status === 'delivered' && row.delivered_amount !== String(arrived))
      wrong.push(`${what} is said to have got ${row.delivered_amount}`)
    // A dollar always buys the same at this Stripe; a euro's worth moves until its page is opened.
    const settled = request.quoteId !== undefined && request.sourceCurrency === 'USD'
    if (row.status === 'delivered' && settled && row.delivered_amount !== row.quoted_amount)
      wrong.push(`${what} got another amount than was quoted`)
    if (row.created_at.getTime() - Date.parse(row.rate.at) > staleMs)
      wrong.push(`${what} was agreed at a price of ${row.rate.at}`)
    if (seen.some((status, index) => ended.has(status) && index < seen.length - 1))
      wrong.push(`${what} went on after its end: ${seen.join(', ')}`)
    if (answers[0] && !byId.has(answers[0].id)) wrong.push(`${what} was told of a session that is not there`)
  }
}

/** By so much, in milliseconds, the database's clock may be off. */
const clocksDiffer = 120_000

const ended = new Set(['delivered', 'expired', 'rejected', 'settled_by_hand'])

/** A price is fresh for fifteen minutes when it is quoted, and a quote holds for one. */
const staleMs = 16 * 60_000

/**
 * What a buyer is due for the USDC that Stripe sells them: just that; for MUSD what it is worth by the prices of the quote, less
 * half a percent, rounded down.
 */
function amountFor({ price, settlement }: QuoteRate, usdc: string): bigint {
  const units = decimal(usdc, 6)
  if (settlement === null) return units
  return (units * 10n ** 12n * decimal(settlement.raw, 28) * 9950n) / (decimal(price, 28) * 10_000n)
}

function decimal(text: string, places: number): bigint {
  const [whole = '0', part = ''] = text.split('.')
  return BigInt(whole + part.padEnd(places, '0'))
}

/** The ledger has what the chain has, holds nothing, and no token came from nowhere. */
async function checkTreasury({ chain, sql, wrong }: World): Promise<void> {
  const { address } = chain.treasury
  for (const asset of ['MUSD', 'USDC'] as const) {
    const onChain = await chain.balance(asset, address)
    const [row] =
      await sql`select posted::text, held::text from public.ledger_accounts where kind = 'treasury' and asset = ${asset}`
    if (BigInt(row?.posted ?? 0) !== onChain)
      wrong.push(`the ledger has ${row?.posted} ${asset}, the treasury ${onChain}`)
    if (BigInt(row?.held ?? 0) !== 0n) wrong.push(`the ledger still holds ${row?.held} ${asset}`)
    const supply = await chain.node.readContract({
      address: requireToken(asset, network).address,
      abi: [
        { type: 'function', name: 'totalSupply', stateMutability: 'view', inputs: [], outputs: [{ type: 'uint256' }] },
      ],
      functionName: 'totalSupply',
    })
    const minted = (await chain.moved(asset))
      .filter(({ from }) => BigInt(from) === 0n)
      .reduce((sum, { amount }) => sum + amount, 0n)
    if (supply !== minted) wrong.push(`${asset} was made of nothing`)
    const [outside] =
      await sql`select posted::text from public.ledger_accounts where kind = 'outside' and asset = ${asset}`
    const flow = await flowOfOwner(chain, asset)
    if (BigInt(outside?.posted ?? 0) !== -flow)
      wrong.push(`the owner paid ${flow} ${asset} in, the ledger says ${outside?.posted}`)
  }
}

/** What the treasury's owner paid in, less what they took out. */
async function flowOfOwner(chain: World['chain'], asset: 'MUSD' | 'USDC'): Promise<bigint> {
  const { address } = chain.treasury
  let sum = 0n
  for (const { from, to, amount } of await chain.moved(asset)) {
    if (to === address && BigInt(from) === 0n) sum += amount
    if (from === address && to === chain.cold) sum -= amount
  }
  return sum
}

/** Every history begins at its beginning, has no gap, follows from one line to the next, and ends where its row is. */
async function checkHistories({ sql, wrong }: World): Promise<void> {
  const machines = [
    ['onramp_sessions', 'onramp_events', 'session_id', "('delivered', 'expired', 'rejected', 'settled_by_hand')"],
    ['transfers', 'transfer_events', 'transfer_id', "('confirmed', 'failed')"],
    ['webhook_events', 'webhook_event_history', 'webhook_event_id', '()'],
  ] as const
  for (const [table, events, key, finals] of machines) {
    const rows = await sql.unsafe(`
      select '${table} ' || r.id || ': ' || string_agg(coalesce(e.from_status, '') || '>' || e.to_status, ' ' order by e.version) as what
      from public.${table} r join (
        select e.*, lag(e.to_status) over (partition by ${key} order by version) as before,
          row_number() over (partition by ${key} order by version) as place from public.${events} e
      ) e on e.${key} = r.id
      group by r.id having bool_or(e.from_status is distinct from e.before) or bool_or(e.version <> e.place)
        or max(e.version) <> max(r.version) or (array_agg(e.to_status order by e.version desc))[1] <> max(r.status)
        ${finals === '()' ? '' : `or bool_or(e.from_status in ${finals})`}`)
    for (const { what } of rows) wrong.push(`a history is broken: ${what}`)
  }
}

/** Every event of Stripe's is in the inbox, once, and settled. */
async function checkInbox({ sql, stripe, acknowledged, wrong }: World): Promise<void> {
  const rows = await sql`select event_id, status, last_error from public.webhook_events`
  const count = new Map<string, number>()
  for (const { event_id: id } of rows) count.set(id, (count.get(id) ?? 0) + 1)
  for (const id of acknowledged)
    if (count.get(id) !== 1) wrong.push(`${id} was acknowledged and is in the inbox ${count.get(id) ?? 0} times`)
  for (const { id } of stripe.state.events.all())
    if (count.get(id) !== 1) wrong.push(`${id} is in the inbox ${count.get(id) ?? 0} times`)
  for (const { event_id: id, status, last_error: error } of rows)
    if (!['processed', 'ignored'].includes(status)) wrong.push(`webhook ${id} is left ${status}: ${error}`)
}

async function checkNothingIsLeft({ sql, wrong }: World): Promise<void> {
  const jobs = await sql`
    select t.identifier, j.last_error, j.attempts, j.locked_at from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where j.run_at < now() + interval '1 day'`
  for (const { identifier, last_error: error, attempts } of jobs)
    wrong.push(`a job is left: ${identifier}, ${attempts} attempts, ${error}`)
  const findings = await sql`
    select f.kind, f.subject, f.detail::text from public.reconciliation_findings f
    where f.cleared_at is null`
  for (const { kind, subject, detail } of findings) wrong.push(`a finding is open: ${kind} ${subject} ${detail}`)
  const receipts = await sql`
    select s.id from public.onramp_sessions s left join public.receipts r on r.session_id = s.id
    where (s.status = 'delivered') <> (r.id is not null)`
  for (const { id } of receipts) wrong.push(`session ${id} has a receipt and no delivery, or the other way`)
}
