import { AuthFailure } from '#sandbox/supabase/failures.ts'

/** A Sign-In with Ethereum message as Supabase Auth reads it. The address is in lower case. */
export type SignInMessage = {
  domain: string
  address: string
  statement: string | null
  uri: URL
  chainId: string
  issuedAt: Date
  expirationTime: Date | undefined
  notBefore: Date | undefined
}

const HEADER = ' wants you to sign in with your Ethereum account:'
const DOMAIN = /^(localhost|(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]{2,})(?::\d{1,5})?$/
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

/**
 * Reads a message with exactly the strictness of Supabase Auth, which differs from EIP-4361 (no nonce is needed, an unknown
 * field is ignored); throws its refusals.
 */
export function parseSignInMessage(raw: string): SignInMessage {
  const lines = raw.split('\n')
  if (lines.length < 6) throw refusal('message needs at least 6 lines')
  const [header = '', addressLine = '', third, fourth, fifth] = lines
  if (!header.endsWith(HEADER)) throw refusal(`message first line does not end in "${HEADER}"`)
  const domain = header.slice(0, -HEADER.length).trim()
  if (!DOMAIN.test(domain)) throw refusal('domain in first line of message is not valid')
  const address = addressLine.trim()
  if (!/^0x[a-fA-F0-9]{40}$/.test(address)) throw refusal('wallet address is not a valid Ethereum address')
  if (third !== '') throw refusal('third line must be empty')
  const statement = fourth !== undefined && fourth !== '' && fifth === '' ? fourth : null
  const fields = parseFields(lines, statement === null ? 3 : 5)
  return { domain, address: address.toLowerCase(), statement, ...checkFields(fields) }
}

function parseFields(lines: string[], start: number): Map<string, string> {
  const fields = new Map<string, string>()
  let resources: number | undefined
  for (const [index, full] of lines.entries()) {
    const line = full.trim()
    if (index < start) continue
    if (resources !== undefined && line.startsWith('- ')) {
      if (!URL.canParse(line.slice(2).trim())) throw refusal(`Resource at position ${resources} has invalid URI`)
      resources += 1
      continue
    }
    resources = line === 'Resources:' ? 0 : undefined
    if (line === '' || resources !== undefined) continue
    const colon = line.indexOf(':')
    if (colon === -1) throw refusal(`encountered unparsable line at index ${index}`)
    fields.set(line.slice(0, colon), line.slice(colon + 1).trim())
  }
  return fields
}

function checkFields(fields: Map<string, string>) {
  const uri = fields.get('URI')
  if (uri !== undefined && !URL.canParse(uri)) throw refusal('URI is not valid')
  const chainId = fields.get('Chain ID')
  if (chainId !== undefined && !(/^\+?\d+$/.test(chainId) && Number(chainId) > 0))
    throw refusal('Chain ID is not valid')
  const issuedAt = time(fields, 'Issued At')
  const expirationTime = time(fields, 'Expiration Time')
  const notBefore = time(fields, 'Not Before')
  if (fields.get('Version') !== '1')
    throw refusal(`Version value is not supported, expected 1 got ${fields.get('Version') ?? ''}`)
  if (issuedAt === undefined) throw refusal('Issued At is not specified')
  if (uri === undefined) throw refusal('URI is not specified')
  if (expirationTime && issuedAt > expirationTime) throw refusal('Issued At is after Expiration Time')
  if (notBefore && expirationTime && notBefore > expirationTime) throw refusal('Not Before is after Expiration Time')
  return { uri: new URL(uri), chainId: chainId ?? '', issuedAt, expirationTime, notBefore }
}

function time(fields: Map<string, string>, name: string): Date | undefined {
  const text = fields.get(name)
  if (text === undefined) return undefined
  const date = new Date(text)
  if (!TIME.test(text) || Number.isNaN(date.getTime())) throw refusal(`${name} is not a valid ISO8601 timestamp`)
  return date
}

function refusal(sentence: string): AuthFailure {
  return new AuthFailure(400, 'validation_failed', `siwe: ${sentence}`)
}
