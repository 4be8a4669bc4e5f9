import { html } from 'hono/html'
import type { Mail } from '#sandbox/mail/mail.ts'

/** How the pages of the mailbox and the chat look. */
export const pageStyle = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
  article { border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: 12px; padding: 1rem 1.25rem; margin: 1rem 0 }
  h2 { font-size: 1rem; margin: 0 }
  .code { font: 600 2rem/1.2 ui-monospace, monospace; letter-spacing: .2em; margin: .75rem 0; user-select: all }
  .meta { opacity: .75; font-size: .875rem; margin: 0 }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: .5rem 0 0 }
`

/** The page that shows a person the mails, newest first, with the code large enough to type off. It reloads itself. */
export function mailboxPage(mails: Mail[]) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content="5" />
        <link rel="icon" href="data:," />
        <title>Mailbox · Causeway sandbox</title>
        <style>${pageStyle}</style>
      </head>
      <body>
        <main>
          <h1>Mailbox</h1>
          <p class="meta">Mails of the local world. Nothing is delivered; this page shows what would have been sent, and reloads every five seconds. What operators are told is also in their <a href="/chat">chat</a>.</p>
          ${mails.length === 0 ? html`<p>No mail yet. Ask for a sign-in code in the app, and it appears here.</p>` : mails.map(entry)}
        </main>
      </body>
    </html>`
}

function entry(mail: Mail) {
  return html`<article>
    <h2>${mail.subject}</h2>
    <p class="meta">To ${mail.to} · <time datetime="${mail.sentAt}">${mail.sentAt.replace('T', ' ').slice(0, 19)} UTC</time></p>
    ${mail.code === null ? '' : html`<p class="code">${mail.code}</p>`}
    <details><summary>Whole text</summary><pre>${mail.text}</pre></details>
  </article>`
}
