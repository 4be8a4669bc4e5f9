import { Check } from 'lucide-react'
import type { Route } from 'next'
import { Card } from '#components/ui/card.tsx'
import { cx } from '#components/ui/cx.ts'
import { LinkButton } from '#components/ui/link-button.tsx'
import type { Dashboard } from '#lib/dashboard/schema.ts'

type Step = { title: string; text: string; done: boolean; href: Route; action: string }

/** The way to a first payment, until there is one: what is done, and the one thing to do next. */
export function FirstSteps({ dashboard }: { dashboard: Dashboard }) {
  const steps = stepsOf(dashboard)
  const next = steps.findIndex(({ done }) => !done)
  if (next < 0) return null
  return (
    <Card className="mb-6 p-5 sm:p-6">
      <h2 className="text-base">Your first payment by an agent</h2>
      <ol className="mt-4 grid gap-4 sm:grid-cols-3">
        {steps.map((step, index) => (
          <li key={step.title} className="flex gap-3 text-sm">
            <span
              aria-hidden="true"
              className={cx(
                'grid size-6 shrink-0 place-items-center rounded-full text-xs font-medium',
                step.done ? 'bg-moss-soft text-moss' : index === next ? 'bg-tide text-on-tide' : 'bg-sunk text-ink-3',
              )}
            >
              {step.done ? <Check className="size-3.5" strokeWidth={2.5} /> : index + 1}
            </span>
            <div>
              <p className="font-medium">
                {step.title}
                {step.done && <span className="sr-only"> (done)</span>}
              </p>
              <p className="mt-0.5 text-ink-2">{step.text}</p>
              {index === next && (
                <LinkButton href={step.href} size="sm" className="mt-3" prefetch={false}>
                  {step.action}
                </LinkButton>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  )
}

function stepsOf({ agents, balances, recent }: Dashboard): Step[] {
  const agent = agents[0]
  const page = agent ? `/agents/${agent.id}` : '/agents'
  return [
    {
      title: 'Create an agent',
      text: 'Software that pays for you, from a wallet of its own.',
      done: agent !== undefined,
      href: '/agents' as Route,
      action: 'Create an agent',
    },
    {
      title: 'Give it money',
      text: 'Send USDC to its address. Only what you send can ever be spent.',
      done: balances.length > 0,
      href: page as Route,
      action: 'Show its address',
    },
    {
      title: 'Ask it to pay',
      text: 'Until you set guards, it asks you about every payment.',
      done: recent.length > 0,
      href: (agent ? `${page}/chat` : page) as Route,
      action: 'Open the chat',
    },
  ]
}
