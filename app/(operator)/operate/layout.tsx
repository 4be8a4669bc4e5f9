import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { LiveRefresh } from '#components/activity/live-refresh.tsx'
import { DeskKeys } from '#components/operate/desk-keys.tsx'
import { DeskNav } from '#components/operate/desk-nav.tsx'
import { Footer } from '#components/site/footer.tsx'
import { Header } from '#components/site/header.tsx'
import { deskCounts } from '#lib/operate/counts.ts'

export const metadata: Metadata = {
  title: { default: 'Operate', template: '%s · Operate' },
  referrer: 'same-origin',
  robots: { index: false },
}

export default async function OperateLayout({ children }: { children: ReactNode }) {
  const actor = await requireOperator()
  const counts = await deskCounts({ actor })
  return (
    <>
      <Header />
      <LiveRefresh seconds={4} />
      <div className="mx-auto w-full max-w-360 px-4 pt-4 pb-12 sm:px-6">
        <div className="mb-5 flex items-center justify-between gap-4 border-line border-b">
          <DeskNav counts={counts} />
          <DeskKeys />
        </div>
        {children}
      </div>
      <Footer />
    </>
  )
}
