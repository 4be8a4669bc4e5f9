import type { z } from 'zod'
import type { AgentActor } from '#lib/auth/actor.ts'
import type { Scope } from '#lib/auth/scopes.ts'

type Definition<Input extends z.ZodObject, Output extends z.ZodObject> = {
  name: string
  title: string
  /** What a model reads to choose the tool: what it does, and what it never does. */
  description: string
  input: Input
  output: Output
  /** What a key has to be allowed for it. All but proposing and cancelling change nothing. */
  scope: Scope
  run: (actor: AgentActor, input: z.output<Input>) => Promise<z.output<Output>>
}

export type Tool = Omit<Definition<z.ZodObject, z.ZodObject>, 'run'> & {
  run: (actor: AgentActor, input: unknown) => Promise<Record<string, unknown>>
}

/** A tool of the MCP server. Its input is parsed again here, so that none runs on what its schema does not say. */
export function tool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: Definition<Input, Output>,
): Tool {
  return {
    ...definition,
    run: async (actor, input) => definition.output.parse(await definition.run(actor, definition.input.parse(input))),
  }
}
