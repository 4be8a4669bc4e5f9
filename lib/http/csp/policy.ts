/** What the policy depends on: which inline scripts are ours, and where this installation's browsers connect to. */
export type PolicyInput = {
  /** Sources for inline scripts, such as `'nonce-…'` or `'sha256-…'`. */
  inline: readonly string[]
  appUrl: string
  /** Nodes that a wallet's code reads the chain from. */
  rpcUrls: readonly string[]
  /** Null when WalletConnect is not offered; without a relay of our own it is the public one. */
  walletConnect: { relayUrl: string | null } | null
  development: boolean
  /** Made to be shown in a frame of anybody's page. It then reaches nobody but this server. */
  embedded?: boolean
}

const stripe = {
  script: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://crypto-js.stripe.com'],
  frame: [
    'https://js.stripe.com',
    'https://*.js.stripe.com',
    'https://crypto-js.stripe.com',
    'https://hooks.stripe.com',
    'https://link.com',
    'https://*.link.com',
  ],
  connect: ['https://api.stripe.com', 'https://crypto-js.stripe.com', 'https://link.com', 'https://*.link.com'],
  image: ['https://*.stripe.com', 'https://*.link.com'],
}

const walletConnectSources = {
  frame: ['https://verify.walletconnect.org', 'https://verify.walletconnect.com', 'https://secure.walletconnect.org'],
  connect: [
    'https://rpc.walletconnect.org',
    'https://pulse.walletconnect.org',
    'https://explorer-api.walletconnect.com',
    'https://api.web3modal.org',
    'https://verify.walletconnect.org',
    'https://verify.walletconnect.com',
  ],
  image: ['https://explorer-api.walletconnect.com'],
}

/** Where browsers send their reports. */
export const reportPath = '/api/csp-reports'

/**
 * The Content-Security-Policy of a page. Every page has the same sources, as a visitor goes from one to the next without
 * loading a new document; only the inline scripts that may run are the document's own. A page for other sites' frames is
 * a document by itself, which may be framed and otherwise may less. Styles may be inline: React and
 * the wallets' window set them on elements, and a style runs no code.
 */
export function contentSecurityPolicy(input: PolicyInput): string {
  const { inline, appUrl, development, embedded = false } = input
  const { rpcUrls, walletConnect } = embedded ? { rpcUrls: [], walletConnect: null } : input
  const card = embedded ? { script: [], frame: [], connect: [], image: [] } : stripe
  const wallets = walletConnect ? walletConnectSources : { frame: [], connect: [], image: [] }
  const relay = walletConnect ? [originOf(walletConnect.relayUrl ?? 'wss://relay.walletconnect.org')] : []
  // React rebuilds server stacks by eval while developing, and the development server speaks over a socket.
  const developing = development ? { script: ["'unsafe-eval'"], connect: ['ws:'] } : { script: [], connect: [] }
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'self'"],
    'script-src': ["'self'", ...inline, ...card.script, ...developing.script],
    'script-src-attr': ["'none'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:', ...card.image, ...wallets.image],
    'font-src': ["'self'"],
    'connect-src': [
      "'self'",
      ...card.connect,
      ...rpcUrls.map(originOf),
      ...relay,
      ...wallets.connect,
      ...developing.connect,
    ],
    'frame-src': embedded ? ["'none'"] : [...card.frame, ...wallets.frame],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': embedded ? ['*'] : ["'none'"],
    ...(appUrl.startsWith('https:') ? { 'upgrade-insecure-requests': [] } : {}),
    'report-uri': [reportPath],
    'report-to': ['csp'],
  }
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...new Set(sources)].join(' '))
    .join('; ')
}

function originOf(url: string): string {
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}`
}
