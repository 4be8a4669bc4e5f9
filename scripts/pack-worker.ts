import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
const ENTRY = 'lib/jobs/worker.ts'

/**
 * Finds what the program reaches by its imports, types aside: our own files, and the packages from npm. Uses nothing but Node,
 * as it runs in an image where nothing is installed yet.
 */
export function reachedFrom(entry: string): { files: string[]; packages: string[] } {
  const files = new Set<string>()
  const packages = new Set<string>()
  const visit = (file: string): void => {
    if (files.has(file)) return
    files.add(file)
    for (const specifier of importsOf(readFileSync(join(ROOT, file), 'utf8'))) {
      if (specifier.startsWith('#')) visit(specifier.slice(1))
      else if (!specifier.startsWith('node:')) packages.add(packageOf(specifier))
    }
  }
  visit(entry)
  return { files: [...files].sort(), packages: [...packages].sort() }
}

/** The modules that a source loads when it runs: imported, re-exported, or imported later. */
export function importsOf(source: string): string[] {
  const statements = source.matchAll(/^(?:import|export)\s(?!type\s)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm)
  const calls = source.matchAll(/\bimport\('([^']+)'\)/g)
  return [...statements, ...calls].flatMap(([, specifier]) => specifier ?? [])
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

/** Copies the worker's files to the folder, beside a package.json of the packages it needs and the lock that fixes their versions. */
export function packWorker(folder: string): void {
  const { files, packages } = reachedFrom(ENTRY)
  const { version, license, type, imports, dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const needed = packages.map((name): [string, string] => {
    const wanted = dependencies[name]
    if (wanted === undefined) throw new Error(`The worker imports ${name}, which is not a dependency.`)
    return [name, wanted]
  })
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    cpSync(join(ROOT, file), join(folder, file))
  }
  const manifest = { name: 'causeway-worker', version, license, private: true, type, imports }
  const text = JSON.stringify({ ...manifest, dependencies: Object.fromEntries(needed) }, null, 2)
  writeFileSync(join(folder, 'package.json'), `${text}\n`)
  cpSync(join(ROOT, 'package-lock.json'), join(folder, 'package-lock.json'))
}

if (import.meta.main) main()

function main(): void {
  const folder = process.argv[2]
  if (folder === undefined) throw new Error('Usage: node scripts/pack-worker.ts <folder>')
  packWorker(resolve(folder))
  process.stdout.write(`The worker is in ${folder}.\n`)
}
