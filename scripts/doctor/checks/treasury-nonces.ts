import { type Check, ok, skip, type Verdict, warn } from '#scripts/doctor/check.ts'

/**
 * The order of the treasury's transactions: what the chain has counted against what we have sent. A gap holds up everything
 * after it; a count above ours means that somebody else signs with the key.
 */
export const treasuryNonces: Check = {
  name: 'treasury nonces',
  needs: ['DATABASE_URL'],
  look: async ({ treasury, chain, asWorker }): Promise<Verdict> => {
    if (!treasury) return skip('not asked: there is no treasury')
    const { network } = treasury
    const address = await treasury.knownAddress()
    if (address === undefined) return skip('not asked: see treasury key')
    const client = chain(network)
    // The chain first: what is sent meanwhile can then only make ours the higher.
    const counts = await Promise.all([
      client.getTransactionCount({ address, blockTag: 'latest' }),
      client.getTransactionCount({ address, blockTag: 'pending' }),
    ]).catch(() => undefined)
    if (counts === undefined) return skip('not asked: the node did not count')
    const [latest, pending] = counts
    const rows = await asWorker(
      (sql) => sql`
        select nonce::int as nonce, status, created_at < now() - interval '2 minutes' as old from public.transfers
        where network = ${network} and from_address = ${address.toLowerCase()} and nonce >= ${latest - 1}
          and failure is distinct from 'released'
        order by nonce`,
    )
    if (rows.length === 0) {
      const [any] = await asWorker(
        (sql) =>
          sql`select max(nonce)::int as last from public.transfers where network = ${network} and from_address = ${address.toLowerCase()}`,
      )
      if (any?.last === null || any?.last === undefined) return ok(`${latest} on chain, none of ours yet`)
      return warn(
        `${latest - any.last - 1} transactions of the key were not sent by Causeway; its last had nonce ${any.last}`,
        "If that was not you: docs/runbook.md, 'A key may have leaked'.",
      )
    }
    const waiting = rows.filter(({ nonce }) => nonce >= latest)
    const next = (rows.at(-1)?.nonce ?? latest - 1) + 1
    const missing = Array.from({ length: Math.max(0, next - latest) }, (_, index) => latest + index).find(
      (nonce) => !waiting.some((row) => row.nonce === nonce),
    )
    if (missing !== undefined) {
      return warn(
        `nonce ${missing} is neither on chain nor ours, and ${waiting.length} transfers wait behind it`,
        'Nothing yet: the worker fills it. If it stays, docs/runbook.md, "A gap in the nonces".',
      )
    }
    const stuck = waiting.find(({ nonce, old }) => old && nonce >= pending)
    if (stuck) {
      return warn(
        `the transfer with nonce ${stuck.nonce} is ${stuck.status} and the node does not have it`,
        "Nothing yet: the worker offers its bytes again. If it stays so, read the worker's log.",
      )
    }
    return ok(`${latest} on chain, ${waiting.length} of ours on their way, no gap`)
  },
}
