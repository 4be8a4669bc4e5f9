import type { Guard } from '#lib/guards/schema.ts'

export type Preset = { name: string; description: string; guards: Guard[] }

function preset(
  name: string,
  description: string,
  numbers: { day: string; payment: string; ask: string; perHour: number },
): Preset {
  return {
    name,
    description,
    guards: [
      { type: 'budget', period: 'day', limit: numbers.day },
      { type: 'single_payment', max: numbers.payment },
      { type: 'approval', threshold: numbers.ask },
      { type: 'rate', period: 'hour', limit: numbers.perHour },
    ],
  }
}

/** Guards to begin with. Each is a whole set, in place of what there is. */
export const presets: Preset[] = [
  preset('Hackathon', 'Small sums to try things with.', { day: '100.00', payment: '25.00', ask: '5.00', perHour: 10 }),
  preset('Enterprise safe', 'Room for a team, and a person for most of it.', {
    day: '5000.00',
    payment: '2000.00',
    ask: '100.00',
    perHour: 50,
  }),
  preset('Autonomous agent', 'Pays by itself, often, and little at a time.', {
    day: '10000.00',
    payment: '500.00',
    ask: '200.00',
    perHour: 200,
  }),
  preset('Finance audit', 'Large sums, each seen by a person first.', {
    day: '20000.00',
    payment: '5000.00',
    ask: '0',
    perHour: 100,
  }),
]
