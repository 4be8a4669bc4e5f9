import { ask, reasonOf } from '#scripts/doctor/ask.ts'
import { type Check, fail, ok, type Verdict } from '#scripts/doctor/check.ts'

const step = 'Take them out of the exposed schemas: Supabase, Integrations, Data API, Settings.'

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
      if (answer.status !== 406 || answer.code !== 'PGRST106') exposed.push(schema)
    }
    return exposed.length === 0
      ? ok('public, and neither app nor private')
      : fail(`the REST API looks into ${exposed.join(', ')}`, step)
  },
}
