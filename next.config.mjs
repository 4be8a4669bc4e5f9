/** Where Stripe's form may ask for a camera: its identity check takes a picture of a passport and a face. A page can lend only what it has itself. */
const camera = [
  'self',
  '"https://js.stripe.com"',
  '"https://crypto-js.stripe.com"',
  '"https://*.stripe.com"',
  '"https://*.link.com"',
]

/** Every answer. Money pages and the API add their own no-store; Next marks its hashed assets immutable. */
const securityHeaders = [
  { key: 'Strict-Transport-Security', value: 'max-age=63072000; includeSubDomains; preload' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin-allow-popups' },
  { key: 'Permissions-Policy', value: `camera=(${camera.join(' ')}), microphone=(), geolocation=()` },
]

/** For browsers older than frame-ancestors. Of all pages only those below /embed may be framed. */
const neverFramed = [{ key: 'X-Frame-Options', value: 'DENY' }]

/** Pages get their policy from proxy.ts. An answer of the API shows nothing, and a file opened by itself runs nothing. */
const answerPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
const filePolicy =
  "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** @type {import('next').NextConfig} */
export default {
  typedRoutes: true,
  poweredByHeader: false,
  reactStrictMode: true,
  // The queue, the database driver, the limiter, Circle's client, the vault of keys, the stream and the traces are for the server;
  // bundling them gains nothing, and the stream's has a part that is no script.
  serverExternalPackages: [
    'graphile-worker',
    'postgres',
    'rate-limiter-flexible',
    '@circle-fin/developer-controlled-wallets',
    '@aws-sdk/client-kms',
    '@platformatic/kafka',
    '@opentelemetry/exporter-trace-otlp-http',
    '@opentelemetry/resources',
    '@opentelemetry/sdk-trace-node',
  ],
  async headers() {
    return [
      { source: '/:path*', headers: securityHeaders },
      { source: '/((?!embed/).*)', headers: neverFramed },
      { source: '/api/:path*', headers: [{ key: 'Content-Security-Policy', value: answerPolicy }] },
      {
        // The same endings that proxy.ts leaves out.
        source: '/:path*.(svg|png|ico|jpg|webp|woff2|txt|xml|webmanifest)',
        headers: [{ key: 'Content-Security-Policy', value: filePolicy }],
      },
      // The secret in a payment's link is in its fragment, and even the address itself is nobody else's business.
      { source: '/(pay|receipts)/:path*', headers: [{ key: 'Referrer-Policy', value: 'no-referrer' }] },
    ]
  },
}
