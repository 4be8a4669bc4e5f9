import type { ReactNode } from 'react'
import { AccountNav } from '#components/account/account-nav.tsx'
import { Footer } from '#components/site/footer.tsx'
import { Header } from '#components/site/header.tsx'
import { requestPerson } from '#lib/auth/request-actor.ts'

export default async function AccountLayout({ children }: { children: ReactNode }) {
  const person = await requestPerson()
  return (
    <>
      <Header />
      {person && !person.actor.isAnonymous && <AccountNav />}
      {children}
      <Footer />
    </>
  )
}
