import { showPercent } from '#components/rates/show-rate.ts'
import type { BacktestHorizon } from '#lib/rates/forecast/schema.ts'

type Verdict = { tone: 'arrived' | 'waiting'; badge: string; sentence: string }

const spoken: Record<BacktestHorizon['horizon'], string> = { '1h': '1 hour', '24h': '24 hours', '7d': '7 days' }

/** What a forecast's record comes to, in a sentence. The baseline says that the price stays as it is. */
export function verdictOf(record: BacktestHorizon[]): Verdict {
  const won = record.filter(({ winner }) => winner === 'model').map(({ horizon }) => spoken[horizon])
  if (record.length > 0 && won.length === record.length) {
    return {
      tone: 'arrived',
      badge: 'Better than the last price',
      sentence: 'So far it has been nearer to what came than the last price, at every distance.',
    }
  }
  if (won.length === 0) {
    return {
      tone: 'waiting',
      badge: 'The last price does as well',
      sentence:
        'So far it has been no nearer to what came than simply taking the last price. Read it for how far the price may move, not for which way.',
    }
  }
  const lost = record.filter(({ winner }) => winner !== 'model').map(({ horizon }) => spoken[horizon])
  return {
    tone: 'waiting',
    badge: 'Better for some',
    sentence: `So far it has been nearer than the last price ${won.join(' and ')} ahead, and no nearer ${lost.join(' and ')} ahead.`,
  }
}

/** How good one horizon has been: "Off by 1.84 % in the mean; the last price, by 1.79 %, was nearer. …" */
export function recordSentence(record: BacktestHorizon, locale: string): string {
  const percent = (value: string) => showPercent(Number(value), locale)
  const [own, other] = [percent(record.errorPercent), percent(record.baselineErrorPercent)]
  // What is told apart only by digits that are not shown is told as equal.
  const compared =
    own === other
      ? 'as is the last price'
      : record.winner === 'model'
        ? `nearer than the last price, which is off by ${other}`
        : record.winner === 'baseline'
          ? `and the last price is nearer, off by ${other}`
          : 'as is the last price'
  return `Off by ${own} on average, ${compared}. ${bandsSentence(record, locale)}`
}

function bandsSentence({ coverage80, coverage95 }: BacktestHorizon, locale: string): string {
  if (coverage80 === null || coverage95 === null) return 'Too few were judged to say how often the bands held.'
  const percent = (value: string) => showPercent(Number(value), locale, 0)
  return `The bands held ${percent(coverage80)} and ${percent(coverage95)} of the time.`
}
