import { Logger } from 'graphile-worker'
import { errorText, log } from '#lib/log.ts'

/**
 * graphile-worker's own messages as our JSON lines. What it says at debug level is left out, and how each job ended too: that
 * line is lib/jobs/observed.ts's.
 */
export const jobLogger = new Logger(() => (level, message, meta) => {
  if (meta?.success === true || meta?.failure === true) return
  const fields = meta?.error === undefined ? {} : { error: errorText(meta.error) }
  if (level === 'error') log.error(message, fields)
  else if (level === 'warning') log.warn(message, fields)
  else if (level === 'info') log.info(message, fields)
})
