import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { currentProcess, type Process } from '#sim/machine.ts'

/**
 * viem lets callers share a question that is on its way. Simulated processes live in one real one, and would share it with a
 * process that was killed or stands still; so each gets its own. The two files are viem's own and not among what it exports.
 */
export async function separateCaches(): Promise<void> {
  for (const file of ['withDedupe', 'withCache']) {
    const path = join(import.meta.dirname, `../node_modules/viem/_esm/utils/promise/${file}.js`)
    // Cast: what the file exports, as read in viem 2.57.
    const { promiseCache } = (await import(pathToFileURL(path).href)) as { promiseCache: Map<string, unknown> }
    const outside = new Map<string, unknown>()
    const own = new WeakMap<Process, Map<string, unknown>>()
    const cache = (): Map<string, unknown> => {
      const process = currentProcess()
      if (!process) return outside
      const mine = own.get(process) ?? new Map<string, unknown>()
      own.set(process, mine)
      return mine
    }
    Object.assign(promiseCache, {
      get: (key: string) => cache().get(key),
      set: (key: string, value: unknown) => void cache().set(key, value),
      delete: (key: string) => cache().delete(key),
    })
  }
}
