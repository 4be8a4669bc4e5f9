import type { Words } from '#lib/alerts/message.ts'
import { NotSent } from '#lib/alerts/not-sent.ts'
import { smtpFailure, smtpTransport } from '#lib/alerts/smtp.ts'
import { log } from '#lib/log.ts'

export type Envelope = { url: string; from: string; to: string[]; id: string }

/**
 * Hands it to the mail server, whose yes is all we wait for. Sent again it has the same Message-ID, by which mail programs know
 * a copy. Throws NotSent.
 */
export async function sendByEmail({ url, from, to, id }: Envelope, { subject, text }: Words): Promise<void> {
  const transport = smtpTransport(url)
  try {
    const { rejected } = await transport.sendMail({
      from: { name: 'Causeway', address: from },
      to,
      subject,
      text,
      messageId: `<alert.${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    if (rejected?.length) log.warn('some of those who are told of alerts get no mail', { count: rejected.length })
  } catch (error) {
    throw new NotSent(`the mail server did not take it: ${smtpFailure(error)}`)
  } finally {
    transport.close()
  }
}
