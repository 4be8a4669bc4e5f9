import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { DeskKeys } from '#components/operate/desk-keys.tsx'
import { DeskLive } from '#components/operate/desk-live.tsx'
import { DeskNav } from '#components/operate/desk-nav.tsx'
import { DeskSearch } from '#components/operate/desk-search.tsx'
import { DeskToasts } from '#components/operate/desk-toasts.tsx'
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
    <DeskToasts>
      <Header />
      <DeskLive seconds={4} />
      <div className="mx-auto w-full max-w-360 flex-1 px-4 pt-4 pb-12 sm:px-6">
        <div className="mb-5 flex flex-col-reverse gap-x-6 gap-y-3 border-line border-b lg:flex-row lg:items-end lg:justify-between">
          <DeskNav counts={counts} />
          <div className="shrink-0 lg:mb-1.5 lg:w-90">
            <DeskSearch />
          </div>
        </div>
        {children}
        <DeskKeys />
      </div>
      <Footer />
    </DeskToasts>
  )
}
