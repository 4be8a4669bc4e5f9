import { jsonResponse, route } from '#lib/http/route.ts'
import { onrampOptions } from '#lib/onramp/options.ts'

// Read from the environment of the running server, not of the build.
export const dynamic = 'force-dynamic'

export const GET = route(async () => jsonResponse(onrampOptions(), 200, { 'cache-control': 'public, max-age=60' }))
