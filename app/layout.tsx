import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Causeway: from your card to your wallet', template: '%s · Causeway' },
  description: 'Buy MUSD on Mezo or USDC with a card. Every fee before you pay, every transfer with its proof.',
  applicationName: 'Causeway',
  // The address of a payment page carries its secret after the #; a referrer must never tell even its path.
  referrer: 'no-referrer',
  formatDetection: { telephone: false, address: false, email: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf8f4' },
    { media: '(prefers-color-scheme: dark)', color: '#131311' },
  ],
}

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body className="font-sans text-base">
        <a
          href="#main"
          data-screen-only
          className="fixed left-3 top-3 z-50 -translate-y-20 rounded-md bg-tide px-4 py-2 text-sm font-medium text-on-tide focus:translate-y-0"
        >
          Skip to the content
        </a>
        {children}
      </body>
    </html>
  )
}
