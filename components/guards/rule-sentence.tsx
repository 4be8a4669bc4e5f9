'use client'

import { ChoiceBlank, CountBlank, DollarBlank } from '#components/guards/blanks.tsx'
import { HoursSentence } from '#components/guards/hours-sentence.tsx'
import { RecipientsSentence } from '#components/guards/recipients-sentence.tsx'
import type { Guard } from '#lib/guards/schema.ts'

type Of<Type extends Guard['type']> = Extract<Guard, { type: Type }>
type SentenceProps<Type extends Guard['type']> = { guard: Of<Type>; wrong: boolean; onChange: (guard: Guard) => void }

/** A rule as a sentence whose numbers are written into. */
export function RuleSentence({
  guard,
  wrong,
  onChange,
}: {
  guard: Guard
  wrong: boolean
  onChange: (guard: Guard) => void
}) {
  switch (guard.type) {
    case 'budget':
      return <BudgetSentence guard={guard} wrong={wrong} onChange={onChange} />
    case 'rate':
      return <RateSentence guard={guard} wrong={wrong} onChange={onChange} />
    case 'single_payment':
      return <SinglePaymentSentence guard={guard} wrong={wrong} onChange={onChange} />
    case 'recipients':
      return <RecipientsSentence guard={guard} wrong={wrong} onChange={onChange} />
    case 'approval':
      return (
        <>
          Asks you from
          <DollarBlank
            label="Threshold"
            value={guard.threshold}
            wrong={wrong}
            onText={(threshold) => onChange({ ...guard, threshold })}
          />
          on
        </>
      )
    case 'new_recipient':
      return <NewRecipientSentence guard={guard} wrong={wrong} onChange={onChange} />
    case 'duplicate':
      return (
        <>
          Asks you when the same payment comes again within
          <CountBlank
            label="Minutes"
            value={guard.minutes}
            wrong={wrong}
            onCount={(minutes) => onChange({ ...guard, minutes })}
          />
          minutes
        </>
      )
    case 'hours':
      return <HoursSentence guard={guard} wrong={wrong} onChange={onChange} />
    case 'screening':
      return <>Pays nobody on a list of sanctioned addresses</>
  }
}

const periods = [
  ['hour', 'an hour'],
  ['day', 'a day'],
  ['week', 'a week'],
  ['month', 'a month'],
  ['total', 'in all'],
] as const
const windows = [
  ['fixed', 'by the calendar, UTC'],
  ['rolling', 'looking back'],
] as const

function BudgetSentence({ guard, wrong, onChange }: SentenceProps<'budget'>) {
  return (
    <>
      At most
      <DollarBlank label="Limit" value={guard.limit} wrong={wrong} onText={(limit) => onChange({ ...guard, limit })} />
      <ChoiceBlank
        label="Period"
        value={guard.period}
        options={periods}
        onChoice={(period) =>
          onChange(period === 'total' ? { type: 'budget', period, limit: guard.limit } : { ...guard, period })
        }
      />
      {guard.period !== 'total' && (
        <ChoiceBlank
          label="How the period is counted"
          value={guard.window ?? 'fixed'}
          options={windows}
          onChoice={(window) => onChange({ ...guard, window })}
        />
      )}
    </>
  )
}

const rates = [
  ['minute', 'a minute'],
  ['hour', 'an hour'],
  ['day', 'a day'],
] as const

function RateSentence({ guard, wrong, onChange }: SentenceProps<'rate'>) {
  return (
    <>
      At most
      <CountBlank
        label="Payments"
        value={guard.limit}
        wrong={wrong}
        onCount={(limit) => onChange({ ...guard, limit })}
      />
      payments
      <ChoiceBlank
        label="Period"
        value={guard.period}
        options={rates}
        onChoice={(period) => onChange({ ...guard, period })}
      />
    </>
  )
}

function SinglePaymentSentence({ guard, wrong, onChange }: SentenceProps<'single_payment'>) {
  // An end that is left empty is no end.
  const set = (ends: { min?: string | undefined; max?: string | undefined }) =>
    onChange({ type: 'single_payment', ...(ends.min ? { min: ends.min } : {}), ...(ends.max ? { max: ends.max } : {}) })
  return (
    <>
      At least
      <DollarBlank label="The least" value={guard.min ?? ''} wrong={wrong} onText={(min) => set({ ...guard, min })} />
      and at most
      <DollarBlank label="The most" value={guard.max ?? ''} wrong={wrong} onText={(max) => set({ ...guard, max })} />a
      payment
    </>
  )
}

const actions = [
  ['ask', 'Asks you'],
  ['wait', 'Waits'],
] as const

function NewRecipientSentence({ guard, wrong, onChange }: SentenceProps<'new_recipient'>) {
  return (
    <>
      <ChoiceBlank
        label="What happens"
        value={guard.action}
        options={actions}
        onChoice={(action) =>
          onChange(
            action === 'ask' ? { type: 'new_recipient', action } : { type: 'new_recipient', action, waitMinutes: 30 },
          )
        }
      />
      {guard.action === 'wait' && (
        <>
          <CountBlank
            label="Minutes"
            value={guard.waitMinutes}
            wrong={wrong}
            onCount={(waitMinutes) => onChange({ ...guard, waitMinutes })}
          />
          minutes
        </>
      )}
      before the first payment to somebody
    </>
  )
}
