import { gasOfOneDelivery, lowGas } from '#lib/health/low-marks.ts'
import { formatAmount } from '#lib/money/amount.ts'
import { FeesAboveCap, feesWithin } from '#lib/rails/chain/fees.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { type Check, fail, ok, skip, type Verdict, warn } from '#scripts/doctor/check.ts'

/** What the treasury can pay for gas, as a number of deliveries at the fees of now, and whether those are within the cap. */
export const treasuryGas: Check = {
  name: 'treasury gas',
  look: async ({ treasury, chain, values }): Promise<Verdict> => {
    if (!treasury) return skip('not asked: there is no treasury')
    const { network } = treasury
    const address = await treasury.knownAddress()
    if (address === undefined) return skip('not asked: see treasury key')
    const client = chain(network)
    const read = await Promise.all([
      client.getBalance({ address }),
      client.getBlock({ blockTag: 'latest' }),
      client.estimateMaxPriorityFeePerGas(),
    ]).catch(() => undefined)
    if (read === undefined) return skip('not asked: the node did not tell balance and fees')
    const [balance, { baseFeePerGas }, tip] = read
    const cap = values.TREASURY_MAX_FEE_GWEI ?? networks[network].maxFeePerGas
    let price: bigint
    try {
      price = feesWithin(cap, { baseFee: baseFeePerGas ?? 0n, tip }).maxFeePerGas
    } catch (error) {
      if (!(error instanceof FeesAboveCap)) throw error
      return warn(error.message, 'Wait until it is cheaper, as the deliveries do, or raise TREASURY_MAX_FEE_GWEI.')
    }
    const deliveries = balance / (gasOfOneDelivery * (price > 0n ? price : 1n))
    const mark = lowGas(values, network, price)
    const { symbol, decimals } = networks[network].nativeCurrency
    const amount = `${formatAmount(balance, decimals)} ${symbol}`
    const step = `Send ${symbol} to ${address} on ${network}.`
    if (deliveries < 1n) return fail(`${amount} at ${address}: not enough for one delivery`, step)
    const seen = `${amount}: ${deliveries > 1_000_000n ? 'more than a million' : `about ${deliveries}`} deliveries`
    return balance < mark ? warn(`${seen}; the low mark is ${formatAmount(mark, decimals)} ${symbol}`, step) : ok(seen)
  },
}
