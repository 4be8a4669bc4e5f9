import type { LookupAddress } from 'node:dns'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressesOf, RefusedDestination, readDestination } from '#lib/outside/destination.ts'
import { isPublic } from '#lib/outside/is-public.ts'

const elsewhere = 'https://pay.example.com'
const here = 'http://127.0.0.1:3000'

const refusal = (text: string, appUrl = elsewhere): string => {
  try {
    readDestination(text, appUrl)
    return 'accepted'
  } catch (error) {
    if (error instanceof RefusedDestination) return error.message
    throw error
  }
}

describe('an address on the public internet', () => {
  test.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::200e'])('%s is', (address) => {
    expect(isPublic(address)).toBe(true)
  })

  test.each([
    // This machine, and any machine.
    ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '0.1.2.3', '::', '::1'],
    // Private networks, those of providers, and what is assigned within a link.
    ...['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', 'fc00::1', 'fd12:3456::1', 'fec0::1'],
    ...['169.254.0.1', 'fe80::1', 'fe80::1%eth0'],
    // Where machines in clouds ask for their secrets.
    ...['169.254.169.254', '169.254.170.2', '100.100.100.200', '192.0.0.192', '168.63.129.16', 'fd00:ec2::254'],
    // Reserved, for examples, for many.
    ...['192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
    ...['ff02::1', '100::1', '2001:db8::1', '3fff::1', '5f00::1', '4000::1'],
    // IPv6 with another address inside: mapped, compatible, NAT64, 6to4, Teredo.
    ...['::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '::127.0.0.1', '::ffff:0:127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1'],
    ...['2002:7f00:1::', '2002:a9fe:a9fe::1', '2001:0:7f00:1::'],
    ...['', 'localhost', 'example.com', '1.2.3', '1.2.3.4.5', '256.1.1.1'],
  ])('%s is not', (address) => {
    expect(isPublic(address)).toBe(false)
  })

  test('no address of IPv4 is that the registry keeps from the internet', () => {
    const kept =
      /^(0|10|127|22[4-9]|23\d|24\d|25[0-5])\.|^192\.168\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./
    const address = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.'))
    fc.assert(
      fc.property(address, (text) => !(kept.test(text) && (isPublic(text) || isPublic(`::ffff:${text}`)))),
      { numRuns: 5_000 },
    )
  })
})

describe('a destination by its form', () => {
  test.each([
    ['https://example.com/hook?to=me', 'https://example.com/hook?to=me'],
    ['https://EXAMPLE.com:443', 'https://example.com/'],
    ['https://example.com:8443/#part', 'https://example.com:8443/'],
    ['https://8.8.8.8/', 'https://8.8.8.8/'],
    ['https://[2606:4700::1111]/', 'https://[2606:4700::1111]/'],
    ['https://bücher.example', 'https://xn--bcher-kva.example/'],
  ])('%s is %s', (text, href) => {
    expect(readDestination(text, elsewhere).href).toBe(href)
  })

  test.each([
    ['http://example.com/', 'starts with https://'],
    ['ftp://example.com/', 'starts with https://'],
    ['file:///etc/passwd', 'starts with https://'],
    ['javascript:alert(1)', 'starts with https://'],
    ['example.com/hook', 'is an address such as'],
    ['https://', 'is an address such as'],
    ['', 'is an address such as'],
    ['https://user@example.com/', 'has no user'],
    ['https://8.8.8.8@127.0.0.1/', 'has no user'],
    ['https://example.com:25/', 'has no port'],
    ['https://example.com:22/', 'has no port'],
    [`https://example.com/${'x'.repeat(500)}`, 'has at most'],
  ])('%s is refused: %s', (text, words) => {
    expect(refusal(text)).toContain(words)
  })

  test.each([
    ...['https://localhost/', 'https://127.0.0.1/', 'https://[::1]/', 'http://localhost:3000/', 'https://LOCALHOST/'],
    // The same addresses, as parsers of URLs read them.
    ...['https://2130706433/', 'https://0x7f.1/', 'https://0177.0.0.1/', 'https://127.1/', 'https://127.0.0.1./'],
    ...['https://①②⑦.0.0.1/', 'https://%31%32%37.0.0.1/', 'https://0/', 'https://[::ffff:127.0.0.1]/', 'https://[::]/'],
    ...['https://10.0.0.8/', 'https://192.168.0.1/', 'https://169.254.169.254/latest/meta-data/', 'https://[fe80::1]/'],
    ...['https://[::ffff:169.254.169.254]/', 'https://[64:ff9b::a9fe:a9fe]/', 'https://168.63.129.16/'],
  ])('%s is refused', (text) => {
    expect(refusal(text)).toBe('is on a public address; private networks and this machine are never called')
  })

  test('this machine is called where the app itself is on it, and a private network is not', () => {
    expect(refusal('http://127.0.0.1:4000/hook', here)).toBe('accepted')
    expect(refusal('http://localhost:4000/hook', here)).toBe('accepted')
    expect(refusal('http://[::1]:4000/hook', here)).toBe('accepted')
    expect(refusal('http://127.0.0.1:22/', here)).toContain('has no port')
    expect(refusal('https://10.0.0.8/', here)).toContain('private networks')
    expect(refusal('http://10.0.0.8/', here)).toContain('starts with https://')
    expect(refusal('ftp://127.0.0.1:4000/', here)).toContain('starts with https://')
  })
})

describe('the addresses of a destination', () => {
  const url = readDestination('https://hooks.example.com/', elsewhere)
  const named = (...addresses: string[]) =>
    addressesOf(url, async () => addresses.map((address): LookupAddress => ({ address, family: 4 })))

  test('are all that it has', async () => {
    expect(await named('8.8.8.8', '2606:4700::1111')).toHaveLength(2)
  })

  test.each([
    [['127.0.0.1']],
    [['169.254.169.254']],
    [['8.8.8.8', '10.0.0.1']],
    [['8.8.8.8', '::1']],
    [['::ffff:10.0.0.1']],
  ])('a name that means %j is refused', async (addresses) => {
    await expect(named(...addresses)).rejects.toThrow(RefusedDestination)
  })

  test('a name that means nothing is told so', async () => {
    await expect(named()).rejects.toThrow('its host has no address')
  })

  test('an address needs nobody to say what it means', async () => {
    const nobody = () => Promise.reject(new Error('was asked'))
    expect(await addressesOf(new URL('https://8.8.8.8/'), nobody)).toEqual([{ address: '8.8.8.8', family: 4 }])
    await expect(addressesOf(new URL('https://10.0.0.1/'), nobody)).rejects.toThrow(RefusedDestination)
  })
})
