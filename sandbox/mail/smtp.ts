import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

export type SentMail = { from: string; to: string[]; headers: Record<string, string>; subject: string; text: string }

export type SmtpOptions = {
  port: number
  user: string
  password: string
  /** Takes the mail, or answers with a code of SMTP's, such as 451, and takes it not. */
  take: (mail: SentMail) => number | undefined
}

export type Smtp = { url: string; stop(): Promise<void> }

/** A real SMTP server on loopback, which asks for a password and takes mail for everybody. */
export async function startSmtp({ port, user, password, take }: SmtpOptions): Promise<Smtp> {
  const server = new SMTPServer({
    // On loopback there is nobody to hide from, and its certificate would be one that nobody trusts.
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 1_000,
    onAuth: ({ username, password: given }, _session, callback) =>
      username === user && given === password
        ? callback(null, { user })
        : callback(Object.assign(new Error('No such user.'), { responseCode: 535 })),
    onData: (stream, { envelope }, callback) => {
      text(stream).then((raw) => {
        const { mailFrom, rcptTo } = envelope
        const to = rcptTo.map(({ address }) => address)
        const refusal = take({ from: mailFrom ? mailFrom.address : '', to, ...readMail(raw) })
        if (refusal === undefined) callback(null)
        else callback(Object.assign(new Error('Not now.'), { responseCode: refusal }))
      }, callback)
    },
  })
  const listening = server.listen(port, '127.0.0.1')
  await once(listening, 'listening')
  const address = listening.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `smtp://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${address.port}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** The parts of a mail of one text, as our app sends it: headers and a body, plain or quoted-printable. */
function readMail(raw: string): Omit<SentMail, 'from' | 'to'> {
  const end = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )
  const body = raw.slice(end + 4)
  const quoted = headers['content-transfer-encoding'] === 'quoted-printable'
  const plain = quoted ? unquote(body) : body
  return { headers, subject: headers.subject ?? '', text: plain.replaceAll('\r\n', '\n').trimEnd() }
}

function unquote(text: string): string {
  const bytes = text
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
