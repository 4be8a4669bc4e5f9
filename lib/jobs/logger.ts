import { Logger } from 'graphile-worker'
import { log } from '#lib/log.ts'

/** graphile-worker's own messages as our JSON lines; what it says at debug level is left out. */
export const jobLogger = new Logger(() => (level, message, meta) => {
  const error = meta?.error instanceof Error ? { error: `${meta.error.name}: ${meta.error.message}` } : {}
  if (level === 'error') log.error(message, error)
  else if (level === 'warning') log.warn(message, error)
  else if (level === 'info') log.info(message, error)
})
