import { probe } from '#lib/probe.ts'
export default function Home() { return <main>{probe()}</main> }
