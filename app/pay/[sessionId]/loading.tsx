import { PaySkeleton } from '#components/onramp/pay-absent.tsx'

export default function Loading() {
  return (
    <main id="main" className="mx-auto w-full max-w-224 px-4 py-6 sm:px-6 sm:py-12">
      <PaySkeleton />
    </main>
  )
}
