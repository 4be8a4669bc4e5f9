import { describe, expect, test } from 'vitest'
import { personOfClaims } from '#lib/auth/claims.ts'

const sub = '5f0c1c1e-7d0c-4a63-9d50-1f2c3b4a5d6e'
const address = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8'

describe('whom verified claims speak of', () => {
  test('a person with an email', () => {
    expect(personOfClaims({ sub, role: 'authenticated', email: 'a@b.example' })).toEqual({
      actor: { role: 'authenticated', userId: sub, email: 'a@b.example', isAnonymous: false },
      address: null,
    })
  })

  test('a person with a wallet, whose email is empty', () => {
    const claims = { sub, role: 'authenticated', email: '', user_metadata: { custom_claims: { address } } }
    expect(personOfClaims(claims)).toEqual({
      actor: { role: 'authenticated', userId: sub, isAnonymous: false },
      address,
    })
  })

  test.each(['{"a":1}', null, { custom_claims: { address: 7 } }, []])(
    'metadata such as %j locks nobody out',
    (user_metadata) => {
      const person = personOfClaims({ sub, role: 'authenticated', user_metadata })
      expect(person).toEqual({ actor: { role: 'authenticated', userId: sub, isAnonymous: false }, address: null })
    },
  )

  test('an anonymous account says so', () => {
    expect(personOfClaims({ sub, role: 'authenticated', is_anonymous: true })?.actor.isAnonymous).toBe(true)
  })

  test.each([
    ['the service role', { sub, role: 'service_role' }],
    ['a key without a person', { role: 'anon' }],
    ['an id that is none', { sub: '1 or 1=1', role: 'authenticated' }],
    ['nothing', null],
  ])('%s is no person', (_, claims) => {
    expect(personOfClaims(claims)).toBeUndefined()
  })
})
