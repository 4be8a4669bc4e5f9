import { createDocument, type oas31 } from 'zod-openapi'
import { accountPaths } from '#lib/openapi/paths/account.ts'
import { agentPaths } from '#lib/openapi/paths/agents.ts'
import { callPaths } from '#lib/openapi/paths/calls.ts'
import { chatPaths } from '#lib/openapi/paths/chat.ts'
import { guardPaths } from '#lib/openapi/paths/guards.ts'
import { intentPaths } from '#lib/openapi/paths/intents.ts'
import { linkPaths } from '#lib/openapi/paths/links.ts'
import { onrampPaths } from '#lib/openapi/paths/onramp.ts'
import { passPaths } from '#lib/openapi/paths/passes.ts'
import { rateAlertPaths } from '#lib/openapi/paths/rate-alerts.ts'
import { ratePaths } from '#lib/openapi/paths/rates.ts'
import { receiptPaths } from '#lib/openapi/paths/receipts.ts'
import { roomPaths } from '#lib/openapi/paths/rooms.ts'
import { servicePaths } from '#lib/openapi/paths/service.ts'
import { standingApprovalPaths } from '#lib/openapi/paths/standing-approvals.ts'
import { walletPaths } from '#lib/openapi/paths/wallets.ts'
import { securitySchemes } from '#lib/openapi/security.ts'

const description = `Amounts are decimal texts beside an asset or a currency, times are RFC 3339, and errors are RFC 9457 \
problems with a stable code. What makes something takes an Idempotency-Key, so that it can be sent again. A resource that \
is not yours is not found. Each answer has an \`x-request-id\`, by which we find it in our logs.`

/** The public API as OpenAPI 3.1, made from the schemas that the routes parse with. */
export function openApiDocument(serverUrl: string): oas31.OpenAPIObject {
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Causeway API',
        version: '1',
        description,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: serverUrl }],
      tags: [
        { name: 'Buying', description: 'From a card to a wallet: look, ask for a price, begin, follow.' },
        { name: 'Rates', description: 'What assets cost: now, before, and by all that is known.' },
        { name: 'Receipts', description: 'What proves a purchase, checked on chain while it is read.' },
        { name: 'Payments', description: 'What agents and people pay: propose, decide, follow.' },
        { name: 'Agents', description: 'Software that pays for a person, and the keys it acts by.' },
        { name: 'Guards', description: 'The rules by which payments are decided: set, tried, judged on the past.' },
        { name: 'Wallets', description: 'What is paid from, and whom one pays by name.' },
        { name: 'Links', description: 'What a person asks others to pay, and what came for it.' },
        { name: 'Passes', description: 'Who may enter the rooms: passes, and the codes by which friends get in.' },
        { name: 'Rooms', description: 'Who is there, who asks whom, and who talks with whom.' },
        { name: 'Chat', description: 'What a person says to their agent, and what it answers.' },
        { name: 'Account', description: 'Who is asking.' },
        { name: 'Service', description: 'How the service is, and where the machines of others knock.' },
      ],
      components: { securitySchemes: securitySchemes(serverUrl) },
      paths: {
        ...onrampPaths,
        ...ratePaths,
        ...rateAlertPaths,
        ...receiptPaths,
        ...intentPaths,
        ...standingApprovalPaths,
        ...agentPaths,
        ...guardPaths,
        ...walletPaths,
        ...linkPaths,
        ...passPaths,
        ...roomPaths,
        ...callPaths,
        ...chatPaths,
        ...accountPaths,
        ...servicePaths,
      },
    },
    {
      // A format says it; the pattern that zod adds to it is for machines that do not know the format.
      override: ({ jsonSchema }) => {
        if (jsonSchema.format) delete jsonSchema.pattern
      },
    },
  )
}
