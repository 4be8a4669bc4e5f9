/** Circle's own codes and words, as its SDK lists them. */
const messages = {
  2: 'API parameter invalid',
  155219: 'Invalid destination address.',
  155221: 'Invalid amounts in transfer request.',
  155224: 'Failed to parse the provided amounts in request to decimals.',
  155228: 'Missing token ID.',
  155229: 'Transaction is not eligible for operation.',
  155258: 'The asset amount owned by the wallet is insufficient for the transaction.',
  156001:
    "Cannot find target wallet in the system. Either the specified wallet doesn't exist or it's not accessible to the caller.",
  156002:
    "Cannot find target token in the system. Either the specified token doesn't exist or it's not accessible to the caller.",
  156003:
    "Cannot find target transaction in the system. Either the specified transaction doesn't exist or it's not accessible to the caller.",
  156004:
    'Reusing an entity secret ciphertext is not allowed. Please re-encrypt the entity secret to generate new ciphertext.',
  156005:
    "Cannot find target wallet set in the system. Either no such wallet set, or it's not accessible to the caller.",
  156006:
    'TEST_API key cannot be used with blockchain mainnets, or LIVE_API key cannot be used with blockchain testnets.',
  156012: 'Cannot find corresponding pagination cursor in the system.',
  156013: 'The provided entity secret is invalid.',
  156020: 'Please use a new idempotency key.',
  156027: 'The specified blockchain is either not supported or deprecated.',
} as const

/** An answer of refusal in Circle's form. */
export class CircleRefusal extends Error {
  override name = 'CircleRefusal'
  readonly status: number
  readonly code: number

  constructor(status: number, code: number, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export const refusal = (status: number, code: keyof typeof messages, detail = '') =>
  new CircleRefusal(status, code, detail === '' ? messages[code] : `${messages[code]}: ${detail}`)

export const answerRefusal = ({ status, code, message }: CircleRefusal) =>
  Response.json({ code, message }, { status, headers: status === 429 ? { 'retry-after': '1' } : {} })
