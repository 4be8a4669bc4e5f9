import type { Words } from '#lib/alerts/message.ts'
import { NotSent } from '#lib/outside/not-sent.ts'

const timeoutMs = 10_000
/** Discord takes no more. */
const maxLength = 2_000

/**
 * Posts it to an incoming webhook. Slack and what imitates it read `text`, Discord reads `content`, and each lets the other be.
 * Nobody is mentioned by it. Throws NotSent; after a time-out it may be there all the same.
 */
export async function sendToChat(url: string, { text }: Words): Promise<void> {
  const words = text.slice(0, maxLength)
  const body = { text: escapeForSlack(words), content: words, allowed_mentions: { parse: [] } }
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    const late = error instanceof Error && error.name === 'TimeoutError'
    throw new NotSent(late ? 'the chat did not answer in time' : 'the chat cannot be reached')
  })
  await answer.body?.cancel()
  if (!answer.ok) throw new NotSent(`the chat answered ${answer.status}`)
}

/** Slack reads these three as the beginnings of links and mentions. */
function escapeForSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
