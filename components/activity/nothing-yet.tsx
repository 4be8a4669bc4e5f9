import { ReceiptText } from 'lucide-react'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'

/** No purchases: says what will be here and offers the first one. */
export function NothingYet({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <Card>
      <EmptyState
        icon={ReceiptText}
        title="Nothing bought yet"
        action={
          <>
            <LinkButton href={'/buy' as Route}>Buy with a card</LinkButton>
            {action}
          </>
        }
      >
        {children}
      </EmptyState>
    </Card>
  )
}
