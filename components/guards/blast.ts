import type { GuardReplay, Verdict } from '#lib/guards/schema.ts'
import { formatAmount, parseAmount } from '#lib/money/amount.ts'

/** Payments that the edited rules would treat otherwise than the saved ones do. */
export type Blast = { from: Verdict; to: Verdict; payments: number; dollars: string; looser: boolean }

const strictness: Verdict[] = ['approved', 'needs_approval', 'denied']
// More than any asset has, so that sums are exact.
const decimals = 18

/** What saving would have changed of the payments that were replayed: how many, and how much they come to. The looser first. */
export function blastOf({ payments }: GuardReplay): Blast[] {
  const changes = strictness.flatMap((from) =>
    strictness
      .filter((to) => to !== from)
      .map((to) => ({ from, to, of: payments.filter(({ saved, edited }) => saved === from && edited === to) })),
  )
  return changes
    .filter(({ of }) => of.length > 0)
    .map(({ from, to, of }) => ({
      from,
      to,
      payments: of.length,
      dollars: formatAmount(
        of.reduce((sum, { amount }) => sum + parseAmount(amount, decimals), 0n),
        decimals,
        { minimumDecimals: 2 },
      ),
      looser: strictness.indexOf(to) < strictness.indexOf(from),
    }))
    .sort((a, b) => Number(b.looser) - Number(a.looser))
}

const was: Record<Verdict, string> = {
  approved: 'goes through',
  needs_approval: 'asks you',
  denied: 'is refused',
}
const wouldBe: Record<Verdict, string> = {
  approved: 'would go through',
  needs_approval: 'would ask you',
  denied: 'would be refused',
}
const were: Record<Verdict, string> = { approved: 'go through', needs_approval: 'ask you', denied: 'are refused' }

/** `3 payments of $120.00 that go through now would be refused.` */
export function blastSentence({ from, to, payments, dollars }: Blast): string {
  const one = payments === 1
  return `${payments} ${one ? 'payment' : 'payments'} of $${dollars} that ${one ? was[from] : were[from]} now ${wouldBe[to]}.`
}
