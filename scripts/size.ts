import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'

/** What the buy page's first load may weigh above an empty page of the same framework. */
const BUDGET_KB = 45
const EMPTY = '.causeway/empty-page'

/**
 * Compares the gzipped script that the HTML of /buy asks for with that of an empty page, built here with the same Next and
 * React. Resolves to what is wrong, or to an empty text, and prints both weights.
 */
export async function sizeOfBuyPage(): Promise<string> {
  const html = '.next/server/app/buy.html'
  if (!existsSync(html)) return `${html} does not exist: /buy is to be static, and the app built (npm run build).`
  const [empty, buy] = [await emptyPage(), await firstLoad('.next', html)]
  const above = (buy - empty) / 1000
  console.log(`  /buy ${kb(buy)}, an empty page ${kb(empty)}: ${above.toFixed(1)} kB above it, of ${BUDGET_KB} kB`)
  return above <= BUDGET_KB
    ? ''
    : `The first load of /buy is ${above.toFixed(1)} kB above an empty page; at most ${BUDGET_KB} kB.`
}

/** The gzipped bytes of every script that the page's HTML loads; a modern browser skips those marked noModule. */
async function firstLoad(build: string, html: string): Promise<number> {
  const page = await readFile(html, 'utf8')
  const tags = [...page.matchAll(/<script\b[^>]*\bsrc="\/_next\/([^"?]+)[^>]*>/g)]
  const files = tags.filter(([tag]) => !/\bnomodule\b/i.test(tag)).map(([, path]) => join(build, path ?? ''))
  if (files.length === 0) throw new Error(`${html} loads no script at all, which cannot be right.`)
  const sizes = await Promise.all(
    [...new Set(files)].map(async (file) => gzipSync(await readFile(file), { level: 9 }).length),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Builds the empty page once for each version of Next and React, and keeps its weight. */
async function emptyPage(): Promise<number> {
  const versions = await Promise.all(['next', 'react', 'react-dom'].map(versionOf))
  const kept = join(EMPTY, 'weight.json')
  const known = existsSync(kept) ? JSON.parse(await readFile(kept, 'utf8')) : undefined
  if (known?.versions === versions.join()) return known.bytes
  await rm(EMPTY, { recursive: true, force: true })
  await mkdir(join(EMPTY, 'app'), { recursive: true })
  const layout = 'export default ({ children }) => <html lang="en"><body>{children}</body></html>'
  await writeFile(join(EMPTY, 'app/layout.jsx'), layout)
  await writeFile(join(EMPTY, 'app/page.jsx'), 'export default () => <p>Empty</p>')
  await writeFile(join(EMPTY, 'package.json'), '{"private":true,"type":"module"}')
  await promisify(execFile)('next', ['build'], { cwd: EMPTY, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } })
  const bytes = await firstLoad(join(EMPTY, '.next'), join(EMPTY, '.next/server/app/index.html'))
  await writeFile(kept, JSON.stringify({ versions: versions.join(), bytes }))
  return bytes
}

async function versionOf(name: string): Promise<string> {
  return JSON.parse(await readFile(join('node_modules', name, 'package.json'), 'utf8')).version
}

function kb(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}

if (import.meta.main) {
  const wrong = await sizeOfBuyPage()
  if (wrong) console.error(wrong)
  process.exitCode = wrong ? 1 : 0
}
