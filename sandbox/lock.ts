import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandOf } from '#sandbox/processes.ts'

/** Claims the folder for this process, so that two worlds never share one state. Returns the release. */
export function claim(dir: string): () => void {
  const file = join(dir, 'owner')
  mkdirSync(dir, { recursive: true })
  const owner = owningProcess(file)
  if (owner !== undefined) {
    throw new Error(`A local world already runs in ${dir} (process ${owner}). Stop it first, then start again.`)
  }
  writeFileSync(file, `${process.pid}\n${commandOf(process.pid)}\n`)
  return () => rmSync(file, { force: true })
}

function owningProcess(file: string): number | undefined {
  try {
    const [pid = '', command = ''] = readFileSync(file, 'utf8').split('\n')
    // A number alone proves nothing: after a crash it may belong to some other program.
    return command !== '' && commandOf(Number(pid)) === command ? Number(pid) : undefined
  } catch {
    return undefined
  }
}
