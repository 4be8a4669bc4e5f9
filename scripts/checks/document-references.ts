import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { projectFiles } from '#scripts/checks/files.ts'

/** Folders whose paths, written as `code` in a document, must exist. */
const roots =
  /^(app|bench|components|contracts|docs|e2e|lib|public|sandbox|scripts|supabase|\.ci)\/[\w[\]().,@/-]*[\w\])/]$/

/** Reports every path that a document cites, as a link or as code, and that no longer exists. */
export async function documentReferences(): Promise<string> {
  const wrong: string[] = []
  for (const file of projectFiles('*.md')) {
    if (!existsSync(file) || file === 'CHANGELOG.md') continue
    const text = await readFile(file, 'utf8')
    for (const path of citedPaths(text, dirname(file))) {
      if (!existsSync(path)) wrong.push(`${file} names ${path}, which does not exist`)
    }
  }
  return wrong.join('\n')
}

/** The paths a document cites: its relative links and pictures, from the document's folder, and its code spans, from the root. */
export function citedPaths(text: string, folder: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '')
  const links = [...prose.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)|\bsrc(?:set)?="([^"]+)"/g)]
    .map(([, target, source]) => target ?? source ?? '')
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
    .map((target) => normalize(join(folder, target)))
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span ?? '').filter((span) => roots.test(span))
  return [...new Set([...links, ...spans])]
}
