import type { Network } from '#lib/money/assets.ts'
import { createChainClient } from '#lib/rails/chain/client.ts'
import { health } from '#lib/rails/chain/health.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { rpcVariables } from '#lib/rails/chain/rpc.ts'
import { type Check, fail, ok, type Verdict, warn } from '#scripts/doctor/check.ts'

/** Each of the network's nodes answers, is of the right chain, and follows it. One of several may be out. */
export function rpc(network: Network): Check {
  const variable = rpcVariables[network]
  return {
    name: 'node',
    look: async ({ rpcUrls, chooseNode, values, live }) => {
      const nodes = await Promise.all(
        rpcUrls(network).map(async (url) => ({ url, ...(await health(network, createChainClient(network, url))) })),
      )
      const well = nodes.find((node) => node.ok)
      if (well) chooseNode(network, well.url)
      return nodes.map(({ url, ok: fine, detail }): Verdict => {
        const { host } = new URL(url)
        if (!fine) {
          const step = `Put the address of a node of chain ${networks[network].chainId} that answers into ${variable}.`
          return well ? warn(`${host}: ${detail}`, step) : fail(`${host}: ${detail}`, step)
        }
        return live && values[variable] === undefined
          ? warn(
              `${host}: ${detail}, a public node, which limits requests and promises nothing`,
              `Set ${variable} to a node of your provider's.`,
            )
          : ok(`${host}: ${detail}, chain ${networks[network].chainId}`)
      })
    },
  }
}
