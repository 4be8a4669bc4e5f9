import { join } from 'node:path'
import { env } from '#lib/env.ts'
import { contentSecurityPolicy, type PolicyInput } from '#lib/http/csp/policy.ts'
import { prerenderedDocuments } from '#lib/http/csp/prerendered.ts'

let documents: Map<string, readonly string[]> | undefined

function prerendered(): Map<string, readonly string[]> {
  // While developing nothing is rendered ahead, and an old build may lie about.
  if (process.env.NODE_ENV !== 'production') return new Map()
  documents ??= prerenderedDocuments(join(/* turbopackIgnore: true */ process.cwd(), '.next'))
  return documents
}

/**
 * The policy for the document at a path. A page that was rendered ahead is the same for everyone, so its inline scripts are
 * known by their hashes; any other gets a nonce of its own, and the hashes of the pages that stand in for it when it is
 * missing or fails, which were rendered ahead as well.
 */
export function requestPolicy(
  path: string,
  { rpcUrls, walletConnect }: Pick<PolicyInput, 'rpcUrls' | 'walletConnect'>,
): { policy: string; nonce: string | undefined } {
  const known = prerendered()
  const hashes = known.get(path)
  const nonce = hashes ? undefined : Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const standIns = ['/_not-found', '/_global-error'].flatMap((name) => known.get(name) ?? [])
  const policy = contentSecurityPolicy({
    inline: hashes ?? [`'nonce-${nonce}'`, ...standIns],
    appUrl: env().APP_URL,
    rpcUrls,
    walletConnect,
    development: process.env.NODE_ENV === 'development',
    embedded: isEmbedded(path),
  })
  return { policy, nonce }
}

/** Whether a page is made for the frames of other sites. No such page knows who is signed in. */
export function isEmbedded(path: string): boolean {
  return path.startsWith('/embed/')
}
