import { z } from 'zod'
import { ask, reasonOf } from '#scripts/doctor/ask.ts'
import { type Check, fail, ok, warn } from '#scripts/doctor/check.ts'

const Settings = z.object({ disable_signup: z.boolean().optional(), external: z.object({ email: z.boolean() }) })

/** Supabase Auth answers to the publishable key, and lets people sign in and up by email. */
export const supabaseAuth: Check = {
  name: 'auth',
  needs: ['SUPABASE_URL', 'SUPABASE_PUBLISHABLE_KEY'],
  look: async ({ need }) => {
    const base = need('SUPABASE_URL')
    const key = need('SUPABASE_PUBLISHABLE_KEY')
    if (isSecret(key)) {
      return fail(
        'the key is a secret one, which passes row-level security, and the app sends it to Supabase for every visitor',
        'Set SUPABASE_PUBLISHABLE_KEY to the sb_publishable_ key, and replace the secret key in Supabase: it has been used here.',
      )
    }
    const answer = await ask(`${base}/auth/v1/settings`, { headers: { apikey: key } }).catch(reasonOf)
    if (typeof answer === 'string') {
      return fail(
        `${base}: ${answer}`,
        "Copy the project's URL from Supabase's API settings. A paused project has to be resumed there.",
      )
    }
    if (answer.status === 401 || answer.status === 403) {
      return fail(
        `Supabase refuses the publishable key (${answer.status})`,
        "Copy the sb_publishable_ key of this project from Supabase's API key settings.",
      )
    }
    const settings = Settings.safeParse(answer.json)
    if (answer.status !== 200 || !settings.success) {
      return fail(
        `${base}/auth/v1/settings answers ${answer.status}, not with settings`,
        "Set SUPABASE_URL to the project's URL.",
      )
    }
    const { external, disable_signup } = settings.data
    if (!external.email)
      return fail('signing in by email is off', 'Turn it on: Supabase, Authentication, Sign In / Providers, Email.')
    return disable_signup
      ? warn(
          'nobody new can sign up',
          'Turn on "Allow new users to sign up": Supabase, Authentication, Sign In / Providers.',
        )
      : ok('answers to the publishable key; signing in by email is on')
  },
}

/** Supabase's secret keys: the new form, and the older one, a token that names its role. */
function isSecret(key: string): boolean {
  if (key.startsWith('sb_secret_')) return true
  const [, payload = ''] = key.split('.')
  return Buffer.from(payload, 'base64url').toString().includes('"service_role"')
}
