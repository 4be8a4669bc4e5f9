import { ask, reasonOf } from '#scripts/doctor/ask.ts'
import { type Check, fail, ok } from '#scripts/doctor/check.ts'

/** The app at APP_URL is up and reaches its database. */
export const appAnswers: Check = {
  name: 'health',
  needs: ['APP_URL'],
  look: async ({ need }) => {
    const url = `${need('APP_URL')}/api/health`
    const answer = await ask(url).catch(reasonOf)
    if (typeof answer === 'string')
      return fail(`${url}: ${answer}`, 'Deploy the app, and point the domain of APP_URL to it.')
    if (answer.status === 200) return ok(`${url} answers in ${answer.milliseconds} ms`)
    if (answer.location) {
      return fail(`${url} redirects to ${answer.location}`, 'Set APP_URL to the address that answers by itself.')
    }
    if (answer.status === 401 || answer.status === 403) {
      return fail(
        `${url} asks who is there (${answer.status})`,
        "Turn off Vercel's deployment protection for production.",
      )
    }
    return fail(`${url} answers ${answer.status}`, "Read the app's log of this moment: it names what is wrong.")
  },
}
