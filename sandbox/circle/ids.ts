import { createHash } from 'node:crypto'

/** The same UUID for the same name, on every machine: for things that Circle has and nobody created. */
export function fixedId(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export const nowText = () => new Date().toISOString()
