import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { inlineScriptHashes, prerenderedDocuments } from '#lib/http/csp/prerendered.ts'

// printf 'alert(1)' | openssl dgst -sha256 -binary | base64
const alert = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"

test('hashes each inline script once, as a browser does, and no script with an address', () => {
  const html = '<script>alert(1)</script><script src="/a.js" async=""></script><script id="_R_">alert(1)</script>'
  expect(inlineScriptHashes(html)).toEqual([alert])
})

test('knows every document of a build by its path', async () => {
  const build = await mkdtemp(join(tmpdir(), 'causeway-build-'))
  onTestFinished(() => rm(build, { recursive: true }))
  await mkdir(join(build, 'server/app/legal'), { recursive: true })
  await writeFile(join(build, 'server/app/index.html'), '<p>no script</p>')
  await writeFile(join(build, 'server/app/legal/terms.html'), '<script>alert(1)</script>')
  await writeFile(join(build, 'server/app/legal/terms.rsc'), 'not a document')
  expect([...prerenderedDocuments(build)].sort()).toEqual([
    ['/', []],
    ['/legal/terms', [alert]],
  ])
})
