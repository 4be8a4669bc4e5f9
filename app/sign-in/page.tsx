import type { Metadata } from 'next'
import { password, sendCode, verifyCode, wallet } from '#app/sign-in/actions.ts'
import { SignIn } from '#components/auth/sign-in.tsx'
import { Footer } from '#components/site/footer.tsx'
import { Header } from '#components/site/header.tsx'
import { Card } from '#components/ui/card.tsx'
import { safeNextPath } from '#lib/auth/next-path.ts'
import { requestActor } from '#lib/auth/request-actor.ts'

// The browser tells a form's origin only where it may tell a referrer to the site itself, and actions ask for the origin.
export const metadata: Metadata = { title: 'Sign in', referrer: 'same-origin', robots: { index: false } }

type SignInPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const next = safeNextPath((await searchParams).next)
  const actor = await requestActor()
  const signedIn = actor.role === 'authenticated' && !actor.isAnonymous
  return (
    <>
      <Header />
      <main id="main" className="mx-auto w-full max-w-105 px-4 py-10 sm:py-16">
        <h1 className="text-xl">Sign in</h1>
        <p className="mt-2 mb-6 text-ink-2">
          Keep what you buy in one place, on every device. A new address makes a new account.
        </p>
        <Card className="p-5 sm:p-6">
          <SignIn next={next} signedIn={signedIn} actions={{ sendCode, verifyCode, password, wallet }} />
        </Card>
        <p className="mt-4 text-sm text-ink-3">
          You can buy without an account. What you bought as a guest in this browser comes along when you sign in.
        </p>
      </main>
      <Footer />
    </>
  )
}
