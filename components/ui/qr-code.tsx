import { encode } from 'uqr'
import { cx } from '#components/ui/cx.ts'

type QrCodeProps = {
  /** What a phone reads from it: an address, or a link. */
  value: string
  /** What it is of, for those who do not see it: "Address of Ada's wallet". */
  label: string
  className?: string
}

/** A text as a QR code. Dark on white in dark mode too, with the four modules of quiet around it that scanners ask for. */
export function QrCode({ value, label, className }: QrCodeProps) {
  const { data, size } = encode(value, { ecc: 'M', border: 4 })
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={`QR code: ${label}`}
      shapeRendering="crispEdges"
      className={cx('rounded-md border border-line', className)}
    >
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000" d={data.map(rowPath).join('')} />
    </svg>
  )
}

function rowPath(row: boolean[], y: number): string {
  return row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join('')
}
