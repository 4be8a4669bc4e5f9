'use server'

import { redirect } from 'next/navigation'
import { signOut } from '#lib/auth/sign-out.ts'

/** Ends this browser's session and leads to the front page. */
export async function signOutHere(): Promise<void> {
  await signOut()
  redirect('/')
}
