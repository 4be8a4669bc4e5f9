import { createServer, type IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import { errorText } from '#lib/log.ts'
import { receiveStripeWebhook } from '#lib/webhooks/receive.ts'

// One bare HTTP server for either receiver: node server.ts ours|peer <port> <folder where the peer is installed>.

type Receive = (rawBody: Buffer, signature: string) => Promise<unknown>

const [kind, port, folder] = process.argv.slice(2)

const receive: Receive =
  kind === 'peer' ? peer() : (rawBody, signature) => receiveStripeWebhook({ rawBody, header: signature })

/** As its own documentation has it, with as many connections to the database as ours. */
function peer(): Receive {
  const { StripeSync } = createRequire(`${folder}/`)('@supabase/stripe-sync-engine')
  const sync = new StripeSync({
    stripeSecretKey: process.env.STRIPE_SECRET_KEY,
    stripeWebhookSecret: process.env.STRIPE_WEBHOOK_SECRETS,
    poolConfig: { connectionString: process.env.DATABASE_URL, max: 10 },
  })
  return (rawBody, signature) => sync.processWebhook(rawBody, signature)
}

const server = createServer((request, response) => {
  bodyOf(request)
    .then((body) => receive(body, String(request.headers['stripe-signature'])))
    .then(
      () => response.writeHead(200, { 'content-type': 'application/json' }).end('{"received":true}'),
      (error: unknown) => {
        process.stderr.write(`${errorText(error)}\n`)
        response.writeHead(500).end()
      },
    )
})
server.listen(Number(port), '127.0.0.1', () => process.stdout.write('listening\n'))

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}
