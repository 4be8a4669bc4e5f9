import { z } from 'zod'

const Notice = z.object({
  note: z.enum(['opened', 'cleared']),
  kind: z.string(),
  title: z.string(),
  detail: z.string(),
  path: z.string().startsWith('/operate'),
  since: z.coerce.date(),
  lastedSeconds: z.number().nullable(),
})
type Notice = z.infer<typeof Notice>

/** A message as the database hands it to whoever sends it: its first ten notices, and how many there are. */
export const AlertMessage = z.object({
  channel: z.enum(['chat', 'email']),
  digest: z.boolean(),
  opened: z.number(),
  cleared: z.number(),
  notices: z.array(Notice).min(1),
})
export type AlertMessage = z.infer<typeof AlertMessage>

export type Words = { subject: string; text: string }

/** Where a digest sends its readers: all alerts are on that page. */
const allAlerts = '/operate/health'

/**
 * What is said: what it is, since when, and one link to the page of the desk that shows it. Of people and secrets there is
 * nothing in it, as there is nothing in the alerts themselves.
 */
export function wordsOf({ digest, opened, cleared, notices }: AlertMessage, appUrl: string): Words {
  const [only] = notices
  if (!digest && only) {
    const { subject, lines } = single(only)
    return { subject, text: [subject, ...lines, `${appUrl}${only.path}`].join('\n') }
  }
  const subject = `Alerts: ${opened} new, ${cleared} over`
  const more = opened + cleared - notices.length
  const lines = notices.map((notice) => `• ${single(notice).subject} (since ${moment(notice.since)})`)
  return {
    subject,
    text: [subject, ...lines, ...(more > 0 ? [`and ${more} more`] : []), `${appUrl}${allAlerts}`].join('\n'),
  }
}

function single({ note, title, detail, since, lastedSeconds }: Notice): { subject: string; lines: string[] } {
  if (note === 'opened') return { subject: `Alert: ${title}`, lines: [detail, `Since ${moment(since)}`] }
  return { subject: `Over: ${title}`, lines: [`It lasted ${duration(lastedSeconds ?? 0)}, since ${moment(since)}.`] }
}

function moment(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** Its two largest units, whole. */
export function duration(seconds: number): string {
  const units: [name: string, count: number][] = [
    ['day', Math.floor(seconds / 86_400)],
    ['hour', Math.floor(seconds / 3_600) % 24],
    ['minute', Math.floor(seconds / 60) % 60],
    ['second', seconds % 60],
  ]
  const first = units.findIndex(([, count]) => count > 0)
  if (first === -1) return 'less than a second'
  const largest = units.slice(first, first + 2).filter(([, count]) => count > 0)
  return largest.map(([name, count]) => `${count} ${name}${count === 1 ? '' : 's'}`).join(' ')
}
