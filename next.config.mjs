/** Every answer. Money pages and the API add their own no-store; Next marks its hashed assets immutable. */
const securityHeaders = [
  { key: 'Strict-Transport-Security', value: 'max-age=63072000; includeSubDomains; preload' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin-allow-popups' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
]

/** @type {import('next').NextConfig} */
export default {
  typedRoutes: true,
  poweredByHeader: false,
  reactStrictMode: true,
  // The queue, the database driver and the vault of keys are for the server; bundling them gains nothing.
  serverExternalPackages: ['graphile-worker', 'postgres', '@aws-sdk/client-kms'],
  async headers() {
    return [
      { source: '/:path*', headers: securityHeaders },
      // The secret in a payment's link is in its fragment, and even the address itself is nobody else's business.
      { source: '/(pay|receipts)/:path*', headers: [{ key: 'Referrer-Policy', value: 'no-referrer' }] },
    ]
  },
}
