import { z } from 'zod'
import { listContacts } from '#lib/contacts/list.ts'
import { Contact } from '#lib/contacts/schema.ts'
import { tool } from '#lib/mcp/tool.ts'
import { nextCursor, page } from '#lib/mcp/tools/inputs.ts'

export const listContactsTool = tool({
  name: 'list_contacts',
  title: 'List contacts',
  description: 'The people and shops that the person saved, by name and address. Only the person can add one.',
  input: z.object(page),
  output: z.object({ contacts: z.array(Contact), nextCursor }),
  scope: 'read',
  run: listContacts,
})
