import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

// After `next build`. proxy.ts reads the documents that were rendered ahead, to name their inline scripts in the policy. A
// platform that packs it alone (Vercel) takes along what its trace lists, and Next writes that list before they exist.

const folder = '.next/server'
const trace = join(folder, 'middleware.js.nft.json')
const listed = JSON.parse(await readFile(trace, 'utf8')) as { version: number; files: string[] }
const documents: string[] = []
for await (const file of glob('app/**/*.html', { cwd: folder })) documents.push(file.replaceAll('\\', '/'))
if (documents.length === 0) throw new Error(`${folder}/app has no document that was rendered ahead.`)
await writeFile(trace, JSON.stringify({ ...listed, files: [...new Set([...listed.files, ...documents])] }))
console.log(`proxy: ${documents.length} documents go with it`)
