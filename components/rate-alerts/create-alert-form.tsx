'use client'

import { type FormEvent, useState } from 'react'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { useSend } from '#components/account/use-send.ts'
import { PriceAge } from '#components/rates/price-age.tsx'
import { showRate } from '#components/rates/show-rate.ts'
import { useLive } from '#components/rates/use-live.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { Select } from '#components/ui/select.tsx'
import { useLocale } from '#components/ui/use-locale.ts'
import type { CreatedRateAlert } from '#lib/rates/alerts/schema.ts'
import { type Pair, rateAssetCodes, rateAssets, rateCurrencyCodes } from '#lib/rates/pairs.ts'
import type { CurrentRate } from '#lib/rates/schema.ts'

export type AlertWish = {
  pair: Pair
  /** Where mail would go; null for somebody who signed in without an address. */
  email: string | null
  /** Whether this deployment sends any. */
  mail: boolean
}

type CreateAlertFormProps = AlertWish & { onMade: (secret: string | null) => void }

const fields = ['base', 'quote', 'direction', 'price', 'channel', 'url']

/** Which price, from which side, and by which way to be told. */
export function CreateAlertForm({ pair: first, email, mail, onMade }: CreateAlertFormProps) {
  const { send, busy, failure, forget } = useSend<CreatedRateAlert>()
  const [pair, setPair] = useState(first)
  const [direction, setDirection] = useState<'rises_to' | 'falls_to'>('rises_to')
  const [price, setPrice] = useState('')
  const [channel, setChannel] = useState<'email' | 'webhook'>(email && mail ? 'email' : 'webhook')
  const [url, setUrl] = useState('')
  const [pressed, setPressed] = useState(false)
  const wrong = (field: string) => (failure?.field === field ? failure.detail : null)
  const priceFault = /^\d{1,15}(\.\d{1,24})?$/.test(price.trim()) ? null : 'Write a price, like 120000 or 0.0712.'
  const change = (set: () => void) => {
    forget()
    set()
  }

  async function create(event: FormEvent) {
    event.preventDefault()
    setPressed(true)
    if (priceFault || (channel === 'webhook' && url.trim() === '')) return
    const by = channel === 'webhook' ? { channel, url: url.trim() } : { channel }
    const body = { ...pair, direction, price: price.trim().replace(/^0+(?=\d)/, ''), ...by }
    const made = await send({ method: 'POST', path: '/api/v1/rates/alerts', body })
    if (made) onMade(made.secret)
  }

  return (
    <form onSubmit={create} noValidate className="flex flex-col gap-4">
      <div className="grid grid-cols-2 items-start gap-3">
        <Field label="Asset" error={wrong('base')}>
          {(control) => (
            <Select
              {...control}
              value={pair.base}
              onChange={({ target }) => change(() => setPair({ ...pair, base: target.value as Pair['base'] }))}
            >
              {rateAssetCodes.map((code) => (
                <option key={code} value={code}>
                  {rateAssets[code].label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Currency" error={wrong('quote')}>
          {(control) => (
            <Select
              {...control}
              value={pair.quote}
              onChange={({ target }) => change(() => setPair({ ...pair, quote: target.value as Pair['quote'] }))}
            >
              {rateCurrencyCodes.map((code) => (
                <option key={code}>{code}</option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <PriceNow pair={pair} />
      <Segmented
        legend="From which side"
        name="direction"
        value={direction}
        options={[
          { value: 'rises_to', label: 'Rises to' },
          { value: 'falls_to', label: 'Falls to' },
        ]}
        onChange={(next) => change(() => setDirection(next))}
      />
      <Field label={`Price of 1 ${pair.base} in ${pair.quote}`} error={wrong('price') ?? (pressed ? priceFault : null)}>
        {(control) => (
          <Input
            {...control}
            value={price}
            onChange={({ target }) => change(() => setPrice(target.value.slice(0, 40)))}
            inputMode="decimal"
            autoComplete="off"
            className="tabular-nums"
          />
        )}
      </Field>
      <Segmented
        legend="How you are told"
        name="channel"
        value={channel}
        options={[
          { value: 'email', label: 'Email' },
          { value: 'webhook', label: 'Webhook' },
        ]}
        onChange={(next) => change(() => setChannel(next))}
      />
      {channel === 'webhook' ? (
        <Field
          label="Address of the webhook"
          hint="HTTPS, on the public internet. What is posted is signed."
          error={wrong('url') ?? (pressed && url.trim() === '' ? 'Say where it is posted.' : null)}
        >
          {(control) => (
            <Input
              {...control}
              value={url}
              onChange={({ target }) => change(() => setUrl(target.value))}
              maxLength={500}
              type="url"
              inputMode="url"
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              placeholder="https://example.com/hooks/rates"
            />
          )}
        </Field>
      ) : (
        <p className="text-sm text-ink-2">{mailWords(email, mail)}</p>
      )}
      {failure && !fields.includes(failure.field ?? '') && <FailureNotice failure={failure} />}
      <Button type="submit" busy={busy}>
        Tell me then
      </Button>
    </form>
  )
}

function mailWords(email: string | null, mail: boolean): string {
  if (!mail) return 'This site sends no email. Have a webhook called instead.'
  return email
    ? `It goes to ${email}, which you signed in with.`
    : 'You signed in without an email address. Have a webhook called, or sign in with one.'
}

/** What the asset costs now, and how old that is: the line is drawn beside it. It keeps its height. */
function PriceNow({ pair }: { pair: Pair }) {
  const locale = useLocale()
  const { body, failure } = useLive<CurrentRate>(`/api/v1/rates/current?base=${pair.base}&quote=${pair.quote}`, 15)
  return (
    <div className="-my-1 min-h-11 text-sm" aria-live="polite">
      {body ? (
        <>
          <p>
            Now <span className="font-medium tabular-nums">{showRate(body.price, pair.quote, locale)}</span>
          </p>
          <PriceAge rate={body} short />
        </>
      ) : (
        failure && <p className="text-ink-2">{failure.detail}</p>
      )}
    </div>
  )
}
