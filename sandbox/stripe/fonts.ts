import { readFileSync } from 'node:fs'
import { Hono } from 'hono'

import type { NodeEnvironment } from '#sandbox/http/serve.ts'

const folder = new URL('../../node_modules/geist/dist/fonts/', import.meta.url)
const files = {
  'geist-sans.woff2': 'geist-sans/Geist-Variable.woff2',
  'geist-mono.woff2': 'geist-mono/GeistMono-Variable.woff2',
}

/** The page's typeface, from this machine: the sandbox asks no other host for anything. */
export function createFonts(): Hono<NodeEnvironment> {
  const fonts = new Hono<NodeEnvironment>()
  for (const [name, path] of Object.entries(files)) {
    const headers = { 'content-type': 'font/woff2', 'cache-control': 'public, max-age=86400' }
    fonts.get(`/${name}`, (c) => c.body(new Uint8Array(readFileSync(new URL(path, folder))), 200, headers))
  }
  return fonts
}
