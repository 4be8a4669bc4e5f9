'use client'

import { useSyncExternalStore } from 'react'
import { TextBlank } from '#components/guards/blanks.tsx'
import { cx } from '#components/ui/cx.ts'
import { controlStyle } from '#components/ui/input.tsx'
import type { Guard } from '#lib/guards/schema.ts'

type HoursSentenceProps = {
  guard: Extract<Guard, { type: 'hours' }>
  wrong: boolean
  onChange: (guard: Guard) => void
}

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const names = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
const none: string[] = []
const never = () => () => {}

/** When it may pay, on which days, and by whose clocks. */
export function HoursSentence({ guard, wrong, onChange }: HoursSentenceProps) {
  const chosen = guard.days ?? [1, 2, 3, 4, 5, 6, 7]
  const zone = guard.zone ?? 'UTC'
  // Which zones there are is the browser's to say: the server may know others.
  const known = useSyncExternalStore(
    never,
    () => zones,
    () => none,
  )
  function toggle(day: number) {
    const next = chosen.includes(day) ? chosen.filter((each) => each !== day) : [...chosen, day].sort((a, b) => a - b)
    onChange({ ...guard, days: next })
  }
  return (
    <>
      Pays only from
      <TextBlank
        type="time"
        label="From"
        value={guard.from}
        aria-invalid={wrong || undefined}
        onText={(from) => onChange({ ...guard, from: from || '00:00' })}
      />
      to
      <TextBlank
        type="time"
        label="To"
        // What ends with the day is midnight on a clock.
        value={guard.to === '24:00' ? '00:00' : guard.to}
        aria-invalid={wrong || undefined}
        onText={(to) => onChange({ ...guard, to: to === '00:00' || to === '' ? '24:00' : to })}
      />
      {guard.to < guard.from && <span>the next day,</span>}
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">Days on which it begins</legend>
        {days.map((day, n) => (
          <label
            key={day}
            className={cx(
              'relative grid h-9 min-w-10 cursor-pointer place-items-center rounded-md border px-1.5 text-sm',
              'has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-tide',
              chosen.includes(n + 1) ? 'border-tide bg-tide-soft font-medium text-tide' : 'border-edge text-ink-2',
            )}
          >
            <input
              type="checkbox"
              aria-label={names[n]}
              checked={chosen.includes(n + 1)}
              onChange={() => toggle(n + 1)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            <span aria-hidden="true">{day}</span>
          </label>
        ))}
      </fieldset>
      <span className="inline-flex max-w-full min-w-0 items-center gap-2">
        by the clocks of
        <select
          aria-label="Time zone"
          value={zone}
          onChange={(event) => onChange({ ...guard, zone: event.target.value })}
          className={cx(controlStyle, 'h-9! w-auto! min-w-0 px-2! pr-1! font-medium')}
        >
          {(known.includes(zone) ? known : [zone, ...known]).map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </span>
    </>
  )
}
