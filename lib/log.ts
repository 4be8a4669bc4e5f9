type Fields = Record<string, string | number | boolean | null | undefined>

function write(level: 'info' | 'warn' | 'error', message: string, fields: Fields = {}): void {
  const line = JSON.stringify({ at: new Date().toISOString(), level, message, ...fields })
  // biome-ignore lint/suspicious/noConsole: the one place that writes; the edge runtime has a console and no process.stdout.
  console[level === 'info' ? 'log' : 'error'](line)
}

/** One JSON line an entry. Fields carry ids and outcomes; never secrets, client secrets, bodies or personal data. */
export const log = {
  info: (message: string, fields?: Fields): void => write('info', message, fields),
  warn: (message: string, fields?: Fields): void => write('warn', message, fields),
  error: (message: string, fields?: Fields): void => write('error', message, fields),
}

/** What may be logged of an unknown error: its name and message. */
export function errorText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
