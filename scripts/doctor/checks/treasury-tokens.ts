import { erc20Abi } from 'viem'
import { lowMusd } from '#lib/health/low-marks.ts'
import { formatAmount } from '#lib/money/amount.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { type Check, fail, ok, skip, type Verdict, warn } from '#scripts/doctor/check.ts'

/** What the treasury holds in MUSD against what it owes and against the largest purchase that may come next. */
export const treasuryTokens: Check = {
  name: 'treasury MUSD',
  look: async ({ treasury, chain, values, asWorker }): Promise<Verdict> => {
    if (!treasury) return skip('not asked: there is no treasury')
    const { network } = treasury
    const address = await treasury.knownAddress()
    if (address === undefined) return skip('not asked: see treasury key')
    const token = requireToken('MUSD', network)
    const held = await chain(network)
      .readContract({ address: token.address, abi: erc20Abi, functionName: 'balanceOf', args: [address] })
      .catch(() => undefined)
    if (held === undefined) return skip('not asked: the node did not tell the balance')
    const owed = values.DATABASE_URL ? await owedBy(asWorker).catch(() => 0n) : 0n
    const show = (amount: bigint) => `${formatAmount(amount, token.decimals, { minimumDecimals: 2 })} MUSD`
    const step = `Send MUSD to ${address} on ${network}; what waits for it goes on by itself within a minute.`
    if (held === 0n) return fail(`none at ${address}`, step)
    const seen = `${show(held)}${owed > 0n ? `, of which ${show(owed)} are owed` : ''}`
    if (held < owed) return fail(`${show(held)}, and ${show(owed)} are owed`, step)
    const mark = lowMusd(values, network)
    return held - owed < mark ? warn(`${seen}: less than the low mark of ${show(mark)}`, step) : ok(seen)
  },
}

type AsWorker = Parameters<Check['look']>[0]['asWorker']

/** Funded and not yet delivered: by its prepared transfer, or else by its quote. */
async function owedBy(asWorker: AsWorker): Promise<bigint> {
  const [row] = await asWorker(
    (sql) => sql`
      select coalesce(sum(coalesce(t.amount, s.quoted_amount)), 0)::text as owed
      from public.onramp_sessions s
      left join public.transfers t on t.session_id = s.id and t.kind = 'treasury_delivery' and t.status <> 'failed'
      where s.asset = 'MUSD' and s.status in ('funded', 'delivering', 'unknown', 'needs_attention')
        and (t.id is null or t.status in ('prepared', 'signed', 'broadcast'))`,
  )
  return BigInt(row?.owed ?? 0)
}
