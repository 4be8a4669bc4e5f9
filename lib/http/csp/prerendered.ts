import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The hash sources of a document's inline scripts, in their order. Data blocks count too, which costs nothing. */
export function inlineScriptHashes(html: string): string[] {
  const scripts = html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)
  const inline = [...scripts].filter(([, attributes]) => !/\ssrc=/.test(attributes ?? ''))
  return [
    ...new Set(
      inline.map(
        ([, , text]) =>
          `'sha256-${createHash('sha256')
            .update(text ?? '')
            .digest('base64')}'`,
      ),
    ),
  ]
}

/** Every document of a build that was rendered ahead, by its path (`/`, `/buy`, `/_not-found`), with its inline scripts. */
export function prerenderedDocuments(build: string): Map<string, readonly string[]> {
  const folder = join(build, 'server', 'app')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'))
  return new Map(
    files.map((file) => {
      const name = file.slice(0, -'.html'.length).replaceAll('\\', '/')
      return [name === 'index' ? '/' : `/${name}`, inlineScriptHashes(readFileSync(join(folder, file), 'utf8'))]
    }),
  )
}
