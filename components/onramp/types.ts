import type { OnrampOptions } from '#lib/onramp/options.ts'
import type { OnrampSession } from '#lib/onramp/schema.ts'

/** What can be bought here, as the API tells it. */
export type Options = OnrampOptions
export type Pair = Options['pairs'][number]
export type CurrencyOption = Options['currencies'][number]

export type SessionStatus = OnrampSession['status']
