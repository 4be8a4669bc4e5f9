import { errorText } from '#lib/log.ts'
import { screenAddress } from '#lib/rails/circle/screening.ts'
import { type Check, fail, ok } from '#scripts/doctor/check.ts'
import { circleNetworksOf } from '#scripts/doctor/checks/circle-modes.ts'

/** Whether Circle screens recipients for us. An address of nobody is asked about. */
export const circleScreening: Check = {
  name: 'screening',
  needs: ['CIRCLE_API_KEY'],
  look: async (patient) => {
    const { values, need } = patient
    if (values.CIRCLE_SCREENING !== 'on') return ok('is off: recipients are checked by the guards alone')
    const [chain] = circleNetworksOf(patient).values()
    if (chain === undefined) return ok('is on, and agents have wallets nowhere')
    try {
      const address = '0x00000000000000000000000000000000000c0ffe'
      await screenAddress({ address, chain }, { apiKey: need('CIRCLE_API_KEY'), apiUrl: values.CIRCLE_API_URL })
      return ok('is on, and Circle answers')
    } catch (error) {
      return fail(
        `is on, and no payment goes out: ${errorText(error)}`,
        'Ask Circle for the Compliance Engine, or set CIRCLE_SCREENING to off.',
      )
    }
  },
}
