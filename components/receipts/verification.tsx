'use client'

import { BadgeCheck, TriangleAlert } from 'lucide-react'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { useLocale } from '#components/ui/use-locale.ts'
import type { Verification as Verified } from '#lib/receipts/schema.ts'

/** A check mark that means: verified now, and this is how. Without it, that it could not be, and what still holds. */
export function Verification({ verification }: { verification: Verified }) {
  const locale = useLocale()
  const number = new Intl.NumberFormat(locale)
  if (!verification.verified) {
    return (
      <div className="flex gap-3 rounded-md border border-lamp/30 bg-lamp-soft p-4 break-inside-avoid">
        <TriangleAlert aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-lamp" />
        <div>
          <p className="font-medium">Not verified just now</p>
          <p className="mt-0.5 text-ink-2">{verification.method}</p>
        </div>
      </div>
    )
  }
  return (
    <div className="flex gap-3 rounded-md border border-moss/30 bg-moss-soft p-4 break-inside-avoid">
      <BadgeCheck aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-moss" />
      <div className="min-w-0">
        <p className="font-medium text-moss">
          Verified <RelativeTime at={verification.checkedAt} />
        </p>
        <p className="mt-0.5 break-words text-ink-2">
          {verification.method}
          {verification.blockNumber !== null &&
            ` It stands in block ${number.format(BigInt(verification.blockNumber))}, with ${number.format(verification.confirmations)} confirmations.`}
        </p>
      </div>
    </div>
  )
}
