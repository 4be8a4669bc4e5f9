import type { CallToolResult } from '@modelcontextprotocol/server'
import { Problem } from '#lib/http/problem.ts'
import { errorFields, log } from '#lib/log.ts'

/** What a person has to do where the model can do nothing more, by the code of the refusal. */
const forAPerson: Record<string, string> = {
  forbidden: 'Ask the person to give this API key the scope, on the agent’s page in Causeway.',
  insufficient_balance: 'Ask the person to fund the wallet; get_balance says what it holds.',
  key_limit_exceeded: 'Ask the person to pay this themselves, or to make a key with a higher limit.',
  lookalike_address: 'Show the person both whole addresses. Only they can save the right one as a contact.',
  unknown_recipient: 'Ask the person whom they mean; list_contacts has the names you may use.',
}

/** A refusal as a tool's result: what went wrong, that nothing moved, and what to do. Anything unexpected tells no more than that. */
export function failure(error: unknown): CallToolResult {
  if (!(error instanceof Problem)) log.error('an MCP tool failed', errorFields(error))
  const { code, title, detail, field } =
    error instanceof Problem
      ? error
      : {
          code: 'internal_error',
          title: 'Something went wrong here',
          detail: 'Read the payment before you try again.',
          field: undefined,
        }
  const told = {
    code,
    title,
    detail,
    ...(field && { field }),
    ...(forAPerson[code] && { whatAPersonCanDo: forAPerson[code] }),
  }
  return { isError: true, content: [{ type: 'text', text: JSON.stringify(told) }] }
}
