import type { ReactNode } from 'react'
import { Footer } from '#components/site/footer.tsx'
import { Header } from '#components/site/header.tsx'

export default function DocsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <Header wide />
      {children}
      <Footer wide />
    </>
  )
}
