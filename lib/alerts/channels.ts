import { type Environment, env } from '#lib/env.ts'

/** `chat`: an incoming webhook of Slack, Discord or their like. `email`: by SMTP. */
export type Channel = 'chat' | 'email'

/** Where this deployment tells its operators. */
export function channels({ ALERT_WEBHOOK_URL, SMTP_URL }: Partial<Environment> = env()): Channel[] {
  return [...(ALERT_WEBHOOK_URL ? (['chat'] as const) : []), ...(SMTP_URL ? (['email'] as const) : [])]
}
