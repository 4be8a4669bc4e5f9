import { as } from '#lib/db/as.ts'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'

const worker = as({ role: 'worker' })
const patienceMs = 20_000
/** Some fifty thousand addresses. */
const largestList = 2_500_000

/**
 * Fetches the list of sanctioned addresses that is configured, and has the database know it. Where something of it is no
 * address, or it cannot be had whole, the list that is known stays, and the error is thrown. Without one nothing is done.
 */
export async function loadSanctions(url = env().SANCTIONS_LIST_URL): Promise<void> {
  if (url === undefined) return
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(patienceMs) })
  if (!answer.ok) throw new Error(`The list of sanctioned addresses was answered with ${answer.status}.`)
  const text = await answer.text()
  if (text.length > largestList) throw new Error('The list of sanctioned addresses is too long to be one.')
  const addresses = addressesOf(text)
  await worker((sql) => sql`select app.replace_sanctioned_addresses(${new URL(url).host}, ${addresses})`)
  log.info('sanctioned addresses were read', { count: addresses.length })
}

/** One address on each line. Anything else is another kind of document, and none of it is believed. */
function addressesOf(text: string): string[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim().toLowerCase())
    .filter((line) => line !== '')
  const stray = lines.find((line) => !/^0x[0-9a-f]{40}$/.test(line))
  if (stray !== undefined)
    throw new Error(`The list of sanctioned addresses has a line that is none: ${stray.slice(0, 60)}`)
  return [...new Set(lines)]
}
