import { CreditCard, Landmark, type LucideIcon, ReceiptText, Wallet } from 'lucide-react'

const steps: { icon: LucideIcon; title: string; text: string }[] = [
  {
    icon: Wallet,
    title: 'You choose where it goes',
    text: 'Paste an address or connect a wallet. No account is needed, and your keys stay yours.',
  },
  {
    icon: CreditCard,
    title: 'Stripe takes your card',
    text: 'You pay Stripe the total you were shown. Causeway never sees the card.',
  },
  {
    icon: Landmark,
    title: 'The money crosses',
    text: 'USDC goes straight to your wallet. For MUSD, Stripe delivers USDC to Causeway’s treasury, and the treasury sends you MUSD on Mezo.',
  },
  {
    icon: ReceiptText,
    title: 'You hold the proof',
    text: 'It counts as delivered once the transfer has been read on chain. Your receipt names every transaction.',
  },
]

/** The way across, in four stations. */
export function HowItWorks() {
  return (
    <section aria-labelledby="how">
      <h2 id="how" className="text-lg">
        How it works
      </h2>
      <ol className="mt-5">
        {steps.map(({ icon: Icon, title, text }, index) => (
          <li key={title} className="flex gap-4">
            <div className="flex flex-col items-center">
              <span className="grid size-9 shrink-0 place-items-center rounded-full border border-line bg-raised text-tide">
                <Icon aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
              </span>
              {index < steps.length - 1 && (
                <span aria-hidden="true" className="my-1 w-0.5 flex-1 rounded-full bg-line" />
              )}
            </div>
            <div className="pt-1.5 pb-5">
              <h3 className="text-base font-medium tracking-normal">{title}</h3>
              <p className="mt-0.5 text-sm text-ink-2">{text}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
