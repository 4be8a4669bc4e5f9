import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

type Put = [collection: string, id: string, document: unknown]

/** A map of documents that outlives the process. What `get` gives is not to be changed in place: `put` a new one. */
export type Collection<Document> = {
  get: (id: string) => Document | undefined
  put: (id: string, document: Document) => void
  /** In the order in which they were first put. */
  all: () => Document[]
}

export type Store = {
  collection: <Document>(name: string) => Collection<Document>
  /** Everything put inside `work` reaches the disk in one piece, or not at all. */
  batch: <Result>(work: () => Result) => Result
  close: () => void
}

/**
 * Opens the state of a stand-in: one JSON file of changes, a line each, so that a write costs the same however much is
 * kept. Opening rewrites it to one line for each document (by rename, so never half). A last line that a crash cut short
 * was never answered for and is dropped.
 */
export function openStore(path: string): Store {
  const collections = new Map<string, Map<string, unknown>>()
  const collectionOf = (name: string) => {
    const known = collections.get(name)
    if (known) return known
    const made = new Map<string, unknown>()
    collections.set(name, made)
    return made
  }

  for (const [name, id, document] of readChanges(path)) collectionOf(name).set(id, document)
  const file = compact(path, collections)

  let pending: Put[] | undefined
  const write = (puts: Put[]) => {
    writeSync(file, `${JSON.stringify(puts)}\n`)
    fsyncSync(file)
  }

  return {
    collection: <Document>(name: string): Collection<Document> => {
      const documents = collectionOf(name)
      return {
        // Cast: a collection holds what its one owner put there, across restarts too.
        get: (id) => documents.get(id) as Document | undefined,
        put: (id, document) => {
          documents.set(id, document)
          if (pending) pending.push([name, id, document])
          else write([[name, id, document]])
        },
        all: () => [...documents.values()] as Document[],
      }
    },
    batch: (work) => {
      if (pending) return work()
      const puts: Put[] = []
      pending = puts
      try {
        return work()
      } finally {
        pending = undefined
        if (puts.length > 0) write(puts)
      }
    },
    close: () => closeSync(file),
  }
}

function readChanges(path: string): Put[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return whole.split('\n').flatMap((line) => (line === '' ? [] : (JSON.parse(line) as Put[])))
}

/** Writes the present documents to a new file in the place of the old one, and returns it open for appending. */
function compact(path: string, collections: Map<string, Map<string, unknown>>): number {
  mkdirSync(dirname(path), { recursive: true })
  const next = `${path}.next`
  const file = openSync(next, 'w', 0o600)
  for (const [name, documents] of collections) {
    for (const [id, document] of documents) writeSync(file, `${JSON.stringify([[name, id, document]])}\n`)
  }
  fsyncSync(file)
  renameSync(next, path)
  return file
}
