'use client'

import { formatExact, formatRelative } from '#components/ui/format-time.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import { useNow } from '#components/ui/use-now.ts'

type RelativeTimeProps = { at: string; className?: string }

/** `3 minutes ago`, kept true while the page is open, with the exact moment on hover. */
export function RelativeTime({ at, className }: RelativeTimeProps) {
  const locale = useLocale()
  const now = useNow()
  const date = new Date(at)
  return (
    <time
      dateTime={at}
      title={now === null ? undefined : formatExact(date, locale)}
      className={`tabular-nums ${className ?? ''}`}
    >
      {/* A clock a second behind the server's must not say "in 1 second" of what has happened. */}
      {now === null
        ? formatExact(date, 'en-US', 'UTC')
        : formatRelative(date, new Date(Math.max(now, Date.now())), locale)}
    </time>
  )
}
