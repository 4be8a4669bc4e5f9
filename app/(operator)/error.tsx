'use client'

import { DeskError } from '#components/operate/desk-error.tsx'

export default function OperateError({ error, retry }: { error: unknown; retry: () => void }) {
  return <DeskError error={error} retry={retry} />
}
