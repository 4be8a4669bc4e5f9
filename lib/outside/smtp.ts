import { createTransport, type Transporter } from 'nodemailer'
import { isLoopback } from '#lib/env.ts'

/** How long the server may take to be reached, to greet, and between any two of its words. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 15_000 }

/** A way to the mail server: encrypted from the first byte (smtps), or before anything is said, unless it is on this machine. */
export function smtpTransport(url: string): Transporter {
  const { protocol, hostname } = new URL(url)
  const requireTLS = protocol === 'smtp:' && !isLoopback(hostname)
  return createTransport({ url, requireTLS, ...timeouts, disableFileAccess: true, disableUrlAccess: true })
}

/** What nodemailer and the server say of a failure, as codes: their sentences may hold addresses. */
export function smtpFailure(error: unknown): string {
  const { code, responseCode } = Object.assign({ code: undefined, responseCode: undefined }, error)
  const codes = [code, responseCode].filter((part) => /^[A-Z0-9]{1,20}$/.test(String(part)))
  return codes.length > 0 ? codes.join(' ') : 'for an unknown reason'
}
