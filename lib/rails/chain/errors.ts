import { BaseError, HttpRequestError, RpcRequestError } from 'viem'
import { neverConnectedCodes, type Outcome } from '#lib/rails/rail.ts'

/** Why a node does not take a transaction, or does not run a call. */
export type Refusal =
  | 'insufficient_gas_funds'
  | 'nonce_used'
  | 'replacement_underpriced'
  | 'fee_too_low'
  | 'gas_limit'
  | 'invalid_transaction'
  | 'execution_reverted'

/**
 * What nodes say, as far as it is definite: geth, reth, anvil, and the Cosmos SDK under Mezo. The first match counts, so
 * the narrower sentences come first. Anything that is not here is not taken for a refusal.
 */
const refusals: [pattern: RegExp, refusal: Refusal][] = [
  [/replacement transaction underpriced|replacement fee too low/i, 'replacement_underpriced'],
  [/insufficient funds|insufficient balance for gas|gas required exceeds allowance/i, 'insufficient_gas_funds'],
  [/nonce too low|nonce is too low|old nonce|nonce has already been used/i, 'nonce_used'],
  [
    /underpriced|max fee per gas less than block base fee|fee cap less than|insufficient fee|tip above fee cap/i,
    'fee_too_low',
  ],
  [/intrinsic gas too low|exceeds block gas limit|gas limit (is )?too high|exceeds .*gas limit cap/i, 'gas_limit'],
  [
    /invalid sender|invalid chain ?id|invalid signature|rlp: |failed to decode|type not supported/i,
    'invalid_transaction',
  ],
  [/execution reverted|transfer amount exceeds/i, 'execution_reverted'],
]

/** The Cosmos SDK tells both numbers. Only a number below the expected one was used; one above waits for others. */
const sequence = /invalid nonce; got (\d+), expected (\d+)/i

/** What the node itself said, if it said anything: the message of its JSON-RPC error. */
export function nodeMessage(error: unknown): string | undefined {
  if (!(error instanceof BaseError)) return undefined
  const answered = error.walk((cause) => cause instanceof RpcRequestError || isAnswer(cause))
  return answered instanceof BaseError ? answered.details : undefined
}

/** Whether the node has the very same bytes already. */
export function isAlreadyKnown(error: unknown): boolean {
  const message = nodeMessage(error) ?? ''
  return /already known|already imported|known transaction|already in mempool|already exists in cache/i.test(message)
}

/** The definite refusal in what the node said, or undefined when it said none that we know. */
export function refusalOf(error: unknown): Refusal | undefined {
  const message = nodeMessage(error)
  if (message === undefined) return undefined
  const [, got, expected] = sequence.exec(message) ?? []
  if (got !== undefined && expected !== undefined) return BigInt(got) < BigInt(expected) ? 'nonce_used' : undefined
  return refusals.find(([pattern]) => pattern.test(message))?.[1]
}

/**
 * Sorts an error of a call to a node. Only sentences that are known to be definite make it `refused`; a node's internal
 * error stays `unclear`, because gateways report one after they passed a transaction on.
 */
export function outcomeOf(error: unknown): Outcome {
  if (refusalOf(error) !== undefined) return 'refused'
  const { status, code } = transportFault(error)
  if (code !== undefined && neverConnectedCodes.has(code)) return 'unavailable'
  // A gateway that limits or authenticates us answers before it passes anything on.
  if (status === 429) return 'unavailable'
  if (status === 401 || status === 403) return 'refused'
  return 'unclear'
}

function isAnswer(cause: unknown): boolean {
  return cause instanceof HttpRequestError && cause.status !== undefined
}

/** The HTTP status and Node's error code, from wherever in the chain of causes they are. */
function transportFault(error: unknown): { status?: number; code?: string } {
  const found: { status?: number; code?: string } = {}
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof HttpRequestError && cause.status !== undefined) found.status = cause.status
    if ('code' in cause && typeof cause.code === 'string') found.code = cause.code
  }
  return found
}
