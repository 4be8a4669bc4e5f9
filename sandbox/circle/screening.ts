import { randomUUID } from 'node:crypto'
import { isAddress } from 'viem'
import { z } from 'zod'
import { refusal } from '#sandbox/circle/errors.ts'
import { nowText } from '#sandbox/circle/ids.ts'
import { checkBlockchain } from '#sandbox/circle/tokens.ts'

const Input = z.object({ idempotencyKey: z.uuidv4(), address: z.string(), chain: z.string() })

/** The endings of addresses that Circle refuses in its own sandbox, and by which of its rules. */
const rules: Record<string, { ruleName: string; riskCategories: string[] }> = {
  '9999': { ruleName: "Circle's Sanctions Blocklist", riskCategories: ['SANCTIONS'] },
  '8888': { ruleName: "Circle's Frozen User Wallet", riskCategories: ['UNSUPPORTED'] },
  '7777': { ruleName: 'Your Blocklist', riskCategories: ['UNSUPPORTED'] },
  '8999': { ruleName: 'Severe Sanctions Risk (Owner)', riskCategories: ['SANCTIONS'] },
}

/** Circle's Compliance Engine: whether an address may be paid. */
export function screen(json: unknown) {
  const input = Input.safeParse(json)
  if (!input.success || !isAddress(input.data.address)) throw refusal(400, 2)
  const { address } = input.data
  const chain = checkBlockchain(input.data.chain)
  const rule = rules[address.slice(-4)]
  return {
    result: rule ? 'DENIED' : 'APPROVED',
    decision: {
      screeningDate: nowText(),
      ...(rule && {
        ruleName: rule.ruleName,
        actions: ['DENY', 'REVIEW'],
        reasons: [
          {
            source: 'ADDRESS',
            sourceValue: address,
            riskScore: 'BLOCKLIST',
            riskCategories: rule.riskCategories,
            type: 'OWNERSHIP',
          },
        ],
      }),
    },
    id: randomUUID(),
    address,
    chain,
    details: [],
    alertId: rule ? randomUUID() : null,
  }
}
