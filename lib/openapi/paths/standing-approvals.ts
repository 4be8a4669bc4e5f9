import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { StandingApproval } from '#lib/intents/standing-approval.ts'
import { proposed } from '#lib/openapi/agent-examples.ts'
import { answer } from '#lib/openapi/answer.ts'
import { idOf } from '#lib/openapi/paths/parameters.ts'
import { personRefusals, problems } from '#lib/openapi/problems.ts'
import { asPerson } from '#lib/openapi/security.ts'

const tags = ['Payments']

const approval: StandingApproval = {
  id: '0197a4c4-2d52-7a0e-9d5f-6f0a1b2c3d4e',
  intentId: proposed.id,
  walletId: proposed.walletId,
  agentId: proposed.agentId,
  network: proposed.network,
  asset: proposed.asset,
  amountLimit: proposed.amount,
  recipientAddress: proposed.recipientAddress,
  usesLeft: 10,
  grantedAt: '2026-11-21T10:03:00.000Z',
  expiresAt: '2026-11-22T10:03:00.000Z',
}

const StandingApprovals = z
  .object({ standingApprovals: z.array(StandingApproval).meta({ description: 'The first to end first.' }) })
  .meta({ id: 'StandingApprovals' })

/** What a person approved beforehand, and takes back. */
export const standingApprovalPaths: ZodOpenApiPathsObject = {
  '/api/v1/standing-approvals': {
    get: {
      operationId: 'listStandingApprovals',
      tags,
      summary: 'List what you approved beforehand',
      description:
        'Each lets payments like the one it was given with through: from the same wallet to the same address, of at most that amount, until it ends. Guards that refuse still refuse.',
      security: asPerson,
      responses: {
        '200': answer('Those that still hold.', StandingApprovals, { standingApprovals: [approval] }),
        ...problems(...personRefusals),
      },
    },
  },
  '/api/v1/standing-approvals/{id}': {
    delete: {
      operationId: 'revokeStandingApproval',
      tags,
      summary: 'Take back what you approved beforehand',
      description:
        'Once this has answered, no payment goes through by it. What went through stays. A repeat changes nothing.',
      security: asPerson,
      requestParams: { path: idOf('approval', approval.id) },
      responses: {
        '204': { description: 'It holds no more.' },
        ...problems(...personRefusals, 'foreign_origin', 'not_found'),
      },
    },
  },
}
