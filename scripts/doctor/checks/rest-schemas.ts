import { type Answer, ask, reasonOf } from '#scripts/doctor/ask.ts'
import { type Check, fail, ok, type Verdict, warn } from '#scripts/doctor/check.ts'

/** The REST API shows `public` and neither the commands in `app` nor what is in `private`. */
export const restSchemas: Check = {
  name: 'exposed schemas',
  needs: ['SUPABASE_URL', 'SUPABASE_PUBLISHABLE_KEY'],
  look: async ({ need }): Promise<Verdict> => {
    const exposed: string[] = []
    for (const schema of ['app', 'private', 'graphile_worker', 'auth']) {
      const answer = await ask(`${need('SUPABASE_URL')}/rest/v1/nothing?limit=0`, {
        headers: { apikey: need('SUPABASE_PUBLISHABLE_KEY'), 'accept-profile': schema },
      }).catch(reasonOf)
      if (typeof answer === 'string') return fail(answer, "Set SUPABASE_URL to the project's URL.")
      if (isClosed(answer)) continue
      if (!isOpen(answer)) {
        return warn(
          `the REST API answered ${answer.status} (${answer.code ?? 'no code'}) for ${schema}, which tells nothing`,
          'Look by hand: Supabase, Project Settings, Data API, Exposed schemas.',
        )
      }
      exposed.push(schema)
    }
    return exposed.length === 0
      ? ok('neither app nor private, nor the queue, nor auth')
      : fail(
          `the REST API looks into ${exposed.join(', ')}`,
          'Take them out of the exposed schemas: Supabase, Project Settings, Data API.',
        )
  },
}

/** PostgREST says so of a schema that it does not show. */
const isClosed = ({ status, code }: Answer): boolean => status === 406 && code === 'PGRST106'

/** It looked for the table: it did not find it there, or the database refused it. */
const isOpen = ({ status, code = '' }: Answer): boolean => status === 200 || /^(PGRST2|42)/.test(code)
