'use client'

import type { Route } from 'next'
import { useEffect, useState } from 'react'
import { NothingYet } from '#components/activity/nothing-yet.tsx'
import { SessionList } from '#components/activity/session-list.tsx'
import { type ActivityItem, isMoving } from '#components/activity/types.ts'
import { call } from '#components/onramp/api.ts'
import { type SavedSession, savedSessions } from '#components/onramp/saved-sessions.ts'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'

const shownAtMost = 20
const secondsBetweenLooks = 8

type Found = { items: ActivityItem[]; unread: number }

async function read({ id, secret }: SavedSession, signal: AbortSignal): Promise<ActivityItem | 'gone' | 'unread'> {
  try {
    const headers = { authorization: `Bearer ${secret}` }
    const { body } = await call<ActivityItem>(`/api/v1/onramp/sessions/${encodeURIComponent(id)}`, { headers, signal })
    return body
  } catch (error) {
    return error instanceof Error && 'status' in error && error.status === 404 ? 'gone' : 'unread'
  }
}

async function readAll(saved: SavedSession[], signal: AbortSignal): Promise<Found> {
  const results = await Promise.all(saved.slice(0, shownAtMost).map((session) => read(session, signal)))
  const items = results.filter((result) => typeof result === 'object')
  items.sort((a, b) => b.createdAt.localeCompare(a.createdAt))
  return { items, unread: results.filter((result) => result === 'unread').length }
}

/** What a guest bought in this browser, read with the secrets it keeps, and the offer to keep it for good. */
export function GuestActivity() {
  const [found, setFound] = useState<Found>()

  useEffect(() => {
    const controller = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let looked = false
    const look = async (): Promise<void> => {
      const hidden = looked && document.visibilityState === 'hidden'
      const result = hidden ? undefined : await readAll(savedSessions(), controller.signal)
      if (controller.signal.aborted) return
      looked = true
      if (result) setFound(result)
      // What has ended for good is not asked for again.
      const more = !result || result.unread > 0 || result.items.some(isMoving)
      if (more) timer = setTimeout(look, secondsBetweenLooks * 1000)
    }
    void look()
    return () => {
      controller.abort()
      clearTimeout(timer)
    }
  }, [])

  if (!found) return <Skeleton className="h-36 w-full rounded-md" />
  if (found.items.length === 0 && found.unread === 0) {
    return (
      <NothingYet
        action={
          <LinkButton href={'/sign-in?next=/activity' as Route} variant="secondary">
            Sign in
          </LinkButton>
        }
      >
        What you buy in this browser shows up here. If you have an account, sign in to see what you bought elsewhere.
      </NothingYet>
    )
  }
  const secrets = new Map(savedSessions().map(({ id, secret }) => [id, secret]))
  return (
    <div className="flex flex-col gap-4">
      <Notice
        title="Only this browser knows of these purchases"
        action={
          <LinkButton href={'/sign-in?next=/activity' as Route} size="sm">
            Sign in to keep them
          </LinkButton>
        }
      >
        Clearing its data loses the list, not the money. Sign in here, and they belong to your account.
      </Notice>
      {found.unread > 0 && (
        <Notice tone="attention" title={`${found.unread} could not be read just now`} announce>
          Causeway could not be reached. Nothing is lost; we are trying again.
        </Notice>
      )}
      {found.items.length > 0 && (
        <SessionList items={found.items} hrefOf={({ id }) => `/pay/${id}#${secrets.get(id) ?? ''}`} />
      )}
    </div>
  )
}
