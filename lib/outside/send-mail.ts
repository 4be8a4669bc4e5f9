import { log } from '#lib/log.ts'
import { NotSent } from '#lib/outside/not-sent.ts'
import { smtpFailure, smtpTransport } from '#lib/outside/smtp.ts'

/** `id` names the mail for good: sent again it has the same Message-ID, by which mail programs know a copy. */
export type Envelope = { url: string; from: string; to: string[]; id: string }

/** Hands it to the mail server, whose yes is all we wait for. Throws NotSent. */
export async function sendMail(
  { url, from, to, id }: Envelope,
  { subject, text }: { subject: string; text: string },
): Promise<void> {
  const transport = smtpTransport(url)
  try {
    const { rejected } = await transport.sendMail({
      from: { name: 'Causeway', address: from },
      to,
      subject,
      text,
      messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    if (rejected?.length) log.warn('some of those whom a mail is for do not get it', { count: rejected.length })
  } catch (error) {
    throw new NotSent(`the mail server did not take it: ${smtpFailure(error)}`)
  } finally {
    transport.close()
  }
}
