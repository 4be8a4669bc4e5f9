'use client'

import './globals.css'
import PageError from '#app/error.tsx'

/** The same, when even the frame around every page failed. It replaces the whole document, so it brings its own. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body className="font-sans text-base">
        <title>This page could not be shown · Causeway</title>
        <PageError error={error} retry={retry} />
      </body>
    </html>
  )
}
