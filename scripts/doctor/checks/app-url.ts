import { type Check, fail, ok, warn } from '#scripts/doctor/check.ts'

/** The address people open: a bare origin, encrypted wherever it is not this machine. */
export const appUrl: Check = {
  name: 'APP_URL',
  needs: ['APP_URL'],
  look: ({ need, live }) => {
    const url = new URL(need('APP_URL'))
    if (url.href !== `${url.origin}/`) {
      return fail(`has more than an origin: ${url.pathname}${url.search}${url.hash}`, `Set APP_URL to ${url.origin}.`)
    }
    if (url.protocol === 'https:') return ok(url.origin)
    const step = `Serve the app over https and set APP_URL to https://${url.host}.`
    if (live) return fail(`${url.origin} is not encrypted, and the Stripe key is a live one`, step)
    return ['localhost', '127.0.0.1'].includes(url.hostname)
      ? ok(`${url.origin}, on this machine`)
      : warn(`${url.origin} is not encrypted`, step)
  },
}
