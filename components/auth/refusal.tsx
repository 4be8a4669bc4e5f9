import { Notice } from '#components/ui/notice.tsx'

type RefusalProps = { refusal: { title: string; detail: string; field: string | null } | null; fields: string[] }

/** A refusal that belongs to none of the form's fields; one that does is shown at its field. */
export function RefusalNotice({ refusal, fields }: RefusalProps) {
  if (!refusal || (refusal.field && fields.includes(refusal.field))) return null
  return (
    <Notice tone="failed" title={refusal.title} announce>
      {refusal.detail}
    </Notice>
  )
}

/** The words to show at a field, if the refusal belongs to it. */
export function refusalAt(refusal: RefusalProps['refusal'], field: string): string | undefined {
  return refusal?.field === field ? refusal.detail : undefined
}
