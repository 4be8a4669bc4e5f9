import { vi } from 'vitest'

// A route that is called by a test has no answer that Next sends, so nothing comes after it. What routes leave for then is to work
// off the queue where no worker does (lib/jobs/drain.ts); tests work it off themselves.
vi.mock('next/server', async (original) => ({ ...(await original<typeof import('next/server')>()), after: () => {} }))
