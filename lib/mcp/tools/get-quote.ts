import { z } from 'zod'
import { parseInput } from '#lib/http/parse.ts'
import { tool } from '#lib/mcp/tool.ts'
import { assetNames, networkNames } from '#lib/money/assets.ts'
import { currencyCodes } from '#lib/money/currencies.ts'
import { quoteOnramp } from '#lib/onramp/quote.ts'
import { Quote, QuoteInput } from '#lib/onramp/schema.ts'
import { readTermsInDatabase } from '#lib/onramp/terms-in-database.ts'

export const getQuoteTool = tool({
  name: 'get_quote',
  title: 'Get a quote',
  description:
    'What the person would pay by card, fees included, to buy a stablecoin, for instance to fund a wallet. It holds for a minute. Only the person can buy.',
  input: z.object({
    sourceAmount: z.string().describe('What the card converts, before fees, such as "25.00".'),
    sourceCurrency: z.enum(currencyCodes).describe('The card’s currency.'),
    asset: z.enum(assetNames).describe('The stablecoin to buy.'),
    network: z.enum(networkNames).describe('The chain it shall arrive on.'),
  }),
  output: z.object({ quote: Quote }),
  scope: 'read',
  run: async (_actor, input) => ({
    quote: await quoteOnramp({ input: parseInput(QuoteInput, input), readTerms: readTermsInDatabase }),
  }),
})
