import type { Address } from 'viem'
import { as } from '#lib/db/as.ts'
import { env } from '#lib/env.ts'
import { lowGas, lowMusd } from '#lib/health/low-marks.ts'
import { lookAt, type Part } from '#lib/health/part.ts'
import type { Asset, Network } from '#lib/money/assets.ts'
import { type Offer, onrampOffers } from '#lib/onramp/offers.ts'
import { requireTreasury } from '#lib/onramp/treasury.ts'
import { gasBalance, tokenBalance } from '#lib/rails/chain/balance.ts'
import { currentFees, FeesAboveCap, feeCap } from '#lib/rails/chain/fees.ts'

type Holding = { asset: Asset; network: Network; amount: string; held: string; low: string }

/** What the treasury holds on chain against its low marks. Nothing where there is no treasury. */
export async function lookAtTreasury(): Promise<Part[]> {
  const offer = onrampOffers().find(({ delivery }) => delivery === 'treasury')
  return offer ? [await lookAt('treasury', () => measure(offer))] : []
}

async function measure({ network, settlementNetwork }: Offer): Promise<Omit<Part, 'name'>> {
  const { address } = await requireTreasury()
  const [gas, gasPrice, holds] = await Promise.all([
    gasBalance({ network, address }),
    gasPriceOf(network),
    as({ role: 'worker' })((sql) => sql`select network, asset, held::text from app.read_treasury_holds()`),
  ])
  const hold = async (asset: Asset, on: Network, low: bigint): Promise<Holding> => {
    const { amount } = await tokenBalance({ network: on, asset, address })
    const held = holds.find((row) => row.network === on && row.asset === asset)?.held ?? '0'
    return { asset, network: on, amount: String(amount), held, low: String(low) }
  }
  const assets = await Promise.all([
    hold('MUSD', network, lowMusd(env(), network)),
    // What buyers' payments leave behind: there is no too little of it.
    hold('USDC', settlementNetwork, 0n),
  ])
  return judge({ network, address, native: gas.amount, nativeLow: lowGas(env(), network, gasPrice), assets })
}

type Measured = { network: Network; address: Address; native: bigint; nativeLow: bigint; assets: Holding[] }

function judge({ network, address, native, nativeLow, assets }: Measured): Omit<Part, 'name'> {
  const short: string[] = assets
    .filter(({ amount, held, low }) => BigInt(amount) - BigInt(held) < BigInt(low))
    .map(({ asset }) => asset)
  if (native < nativeLow) short.push('gas')
  return {
    status: short.length > 0 ? 'degraded' : 'ok',
    summary:
      short.length > 0 ? `The treasury is short of ${short.join(' and ')}` : 'The treasury is above its low marks',
    detail: { network, address, native: String(native), nativeLow: String(nativeLow), assets },
  }
}

/** What a unit of gas costs now, at the most what we would pay. */
async function gasPriceOf(network: Network): Promise<bigint> {
  try {
    return (await currentFees(network)).maxFeePerGas
  } catch (error) {
    if (error instanceof FeesAboveCap) return feeCap(network)
    throw error
  }
}
