import type { Metadata } from 'next'
import { BrokenCauseway } from '#components/site/broken-causeway.tsx'
import { Footer } from '#components/site/footer.tsx'
import { Header } from '#components/site/header.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'

export const metadata: Metadata = { title: 'No such page' }

export default function NotFound() {
  return (
    <>
      <Header />
      <main id="main" className="mx-auto flex w-full max-w-120 flex-col items-center px-4 py-20 text-center">
        <BrokenCauseway />
        <h1 className="mt-8 text-xl">The road does not lead here</h1>
        <p className="mt-3 text-ink-2">
          There is no page at this address. If you followed a link to a payment, check that it is whole: it ends with a
          long key after a # sign.
        </p>
        <div className="mt-7 flex flex-wrap justify-center gap-2">
          <LinkButton href="/" prefetch={false}>
            Home
          </LinkButton>
          <LinkButton href="/buy" variant="secondary" prefetch={false}>
            Buy
          </LinkButton>
        </div>
      </main>
      <Footer />
    </>
  )
}
