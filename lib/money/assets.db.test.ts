import { expect, test } from 'vitest'
import { assetNames, networkNames } from '#lib/money/assets.ts'
import { findToken } from '#lib/rails/chain/tokens.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

const { adminSql } = await testDatabase()

test('the database knows the same tokens as the app, with the same decimals', async () => {
  for (const asset of assetNames) {
    for (const network of networkNames) {
      const [row] =
        await adminSql`select private.is_token(${asset}, ${network}) as lives, private.decimals_of(${asset}) as decimals`
      const token = findToken(asset, network)
      expect([asset, network, row?.lives]).toEqual([asset, network, token !== undefined])
      if (token) expect(row?.decimals).toBe(token.decimals)
    }
  }
})
