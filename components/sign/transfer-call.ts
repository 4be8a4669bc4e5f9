import { concatHex, encodeFunctionData, erc20Abi, getAddress } from 'viem'
import type { TransferRequest } from '#components/sign/types.ts'
import type { WalletCall } from '#components/wallet/types.ts'

/** The call that makes the transfer: transfer(to, units) on the token, and nothing that is not asked for. */
export function transferCall({ chain, token, to, units, reference }: TransferRequest): WalletCall {
  const call = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [getAddress(to), BigInt(units)] })
  return { chainId: chain.chainId, to: getAddress(token), data: reference ? concatHex([call, reference]) : call }
}
