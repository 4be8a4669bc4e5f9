import type { Route } from 'next'
import type { ReactNode } from 'react'
import { BuyCard } from '#components/onramp/buy-card.tsx'
import { RateGlance } from '#components/rates/rate-glance.tsx'
import { ApiExample } from '#components/site/api-example.tsx'
import { ExampleIntent } from '#components/site/example-intent.tsx'
import { ExampleQuote, ExampleReceipt, ExampleStations } from '#components/site/examples.tsx'
import { HowItWorks } from '#components/site/how-it-works.tsx'
import { McpExample } from '#components/site/mcp-example.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'

export default function Home() {
  return (
    <main id="main">
      <div className="mx-auto grid w-full max-w-280 gap-x-16 gap-y-10 px-4 py-8 sm:px-6 sm:py-16 lg:grid-cols-[1fr_27.5rem] lg:grid-rows-[auto_1fr]">
        <div className="lg:pt-6">
          <h1 className="max-w-130 text-xl tracking-tight sm:text-2xl">
            From your card to your wallet, in plain sight.
          </h1>
          <p className="mt-4 max-w-120 text-base text-ink-2 sm:text-lg">
            Buy MUSD on Mezo, or USDC, with a card. Every fee before you pay, every step while it moves, and proof once
            it is there.
          </p>
        </div>
        <div className="mx-auto w-full max-w-115 lg:row-span-2">
          <BuyCard />
        </div>
        <div className="mx-auto w-full max-w-115 space-y-8 lg:mx-0 lg:max-w-120">
          <RateGlance />
          <HowItWorks />
        </div>
      </div>

      <section aria-labelledby="shown" className="border-line border-t bg-raised">
        <div className="mx-auto w-full max-w-280 px-4 py-14 sm:px-6 sm:py-20">
          <h2 id="shown" className="max-w-150 text-xl">
            You always know where the money is
          </h2>
          <p className="mt-2 max-w-130 text-ink-2">These are the pages you will see, with an example in them.</p>
          <div className="mt-8 grid items-start gap-5 lg:grid-cols-2">
            <div className="grid gap-5">
              <Shown
                title="The whole price, before you pay"
                text="Each fee has a line of its own. The price holds for a minute, then it is asked for again in place."
              >
                <ExampleQuote />
              </Shown>
              <Shown
                title="A receipt that checks itself"
                text="Its mark means that the transfer was read on chain while you looked."
              >
                <ExampleReceipt />
              </Shown>
            </div>
            <div className="grid gap-5">
              <Shown
                title="Every step, as it happens"
                text="A link of your own shows the way of your payment. Close it, open it on your phone: it goes on without you."
              >
                <ExampleStations />
              </Shown>
              <Shown
                title="The truth, when something is in the way"
                text="Where the money is, what is safe, and what happens next."
              >
                <Badge tone="attention">Waiting on us</Badge>
                <p className="mt-3 text-lg font-semibold tracking-tight">
                  Your payment is safe. Our treasury holds too little MUSD to send your 99.50&nbsp;MUSD just now.
                </p>
                <p className="mt-2 text-sm text-ink-2">
                  It is sent by itself as soon as the treasury is topped up. There is nothing for you to do, and you can
                  close this page.
                </p>
              </Shown>
            </div>
          </div>
        </div>
      </section>

      <section aria-labelledby="agents" className="border-line border-t">
        <div className="mx-auto grid w-full max-w-280 items-center gap-x-16 gap-y-8 px-4 py-14 sm:px-6 sm:py-20 lg:grid-cols-2">
          <div>
            <h2 id="agents" className="text-xl">
              Let an agent pay, within guards
            </h2>
            <p className="mt-2 max-w-130 text-ink-2">
              Give an agent a wallet with as much as you like in it, and say in plain sentences what it may do: so much
              a day, to whom, and from where on it asks you. The database holds it to that, whatever the agent was told
              by a page, an invoice or another agent.
            </p>
            <ul className="mt-5 space-y-2 text-ink-2">
              <li>By chat, by REST, or by MCP from the assistant you use already.</li>
              <li>What needs you comes to you, with the exact recipient and amount that will be paid.</li>
              <li>One click freezes it, and nothing moves after.</li>
            </ul>
            <div className="mt-6 flex flex-wrap gap-2">
              <LinkButton href={'/agents' as Route}>Create an agent</LinkButton>
            </div>
          </div>
          <Shown title="A payment that asks first" text="What each guard made of it, and why.">
            <ExampleIntent />
          </Shown>
        </div>
      </section>

      <section aria-labelledby="developers" className="border-line border-t">
        <div className="mx-auto w-full max-w-280 px-4 py-14 sm:px-6 sm:py-20">
          <h2 id="developers" className="text-xl">
            For developers
          </h2>
          <p className="mt-2 mb-8 max-w-150 text-ink-2">
            A purchase is one call. Money is decimal text, every change is an event, and a repeated request is done
            once. The{' '}
            <a href="/docs/api" className="rounded-sm text-tide underline underline-offset-4">
              reference
            </a>{' '}
            has every call, and each of them runs there.
          </p>
          <ApiExample />
          <div className="mt-5">
            <McpExample />
          </div>
          <p className="mt-10 text-sm text-ink-3">Coming next: passes and rooms, and donations.</p>
        </div>
      </section>
    </main>
  )
}

type ShownProps = { title: string; text: string; className?: string; children: ReactNode }

function Shown({ title, text, className, children }: ShownProps) {
  return (
    <div className={`rounded-md border border-line bg-surface p-5 sm:p-7 ${className ?? ''}`}>
      <h3 className="text-base">{title}</h3>
      <p className="mt-1 text-sm text-ink-2">{text}</p>
      <div className="mt-6">{children}</div>
    </div>
  )
}
