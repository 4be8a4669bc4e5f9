'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { adoptSessions } from '#components/auth/adopt-sessions.ts'

/** Tries again what signing in could not move to the account, and draws the list anew when something came. */
export function AdoptOnVisit() {
  const router = useRouter()
  useEffect(() => {
    void adoptSessions().then((count) => {
      if (count > 0) router.refresh()
    })
  }, [router])
  return null
}
