import assert from 'node:assert/strict'
import { test } from 'node:test'
import { P256Keypair, Secp256k1Keypair } from '@atproto/crypto'
import { getSigningDidKey } from '@atproto/common'
import { createServiceJwt, verifyJwt } from '@atproto/xrpc-server'
import { Client } from '@did-plc/lib'
import { useServer } from './lib/server.mjs'
import { identities } from './lib/identities.mjs'
import { anyone, signUp } from './lib/people.mjs'

const server = useServer({ PDS_ADMIN_PASSWORD: 'the password of the tests' })
const service = 'did:web:api.example.com'
const method = 'app.bsky.feed.getTimeline'

const keyOf = async (did, fresh) => getSigningDidKey(await identities(server).did.resolve(did, fresh))

test('A service takes the token that an account gets', async () => {
  const agent = await signUp(server)

  const { data } = await agent.com.atproto.server.getServiceAuth({ aud: service, lxm: method })

  const payload = await verifyJwt(data.token, service, method, keyOf)
  assert.equal(payload.iss, agent.session.did)
  assert.equal(payload.lxm, method)
  await assert.rejects(verifyJwt(data.token, 'did:web:other.example.com', method, keyOf), { customErrorName: 'BadJwtAudience' })
  await assert.rejects(verifyJwt(data.token, service, 'app.bsky.feed.getPosts', keyOf), { customErrorName: 'BadJwtLexiconMethod' })
})

test('A service takes it after the account got another key', async () => {
  const agent = await signUp(server)
  const { did } = agent.session
  await keyOf(did)
  const { data } = await anyone(server).com.atproto.server.reserveSigningKey({ did })

  await anyone(server).com.atproto.admin.updateAccountSigningKey({ did, signingKey: data.signingKey }, admin())

  const { data: auth } = await agent.com.atproto.server.getServiceAuth({ aud: service, lxm: method })
  assert.equal((await verifyJwt(auth.token, service, method, keyOf)).iss, did)
  assert.equal(await keyOf(did, true), data.signingKey)
})

for (const Keypair of [Secp256k1Keypair, P256Keypair]) {
  test(`The server takes a token that the SDK makes with a ${Keypair.name}`, async () => {
    const key = await Keypair.create()
    const did = await new Client(server.plcUrl).createDid({
      signingKey: key.did(), handle: 'stranger.example.com', pds: 'https://elsewhere.example.com', rotationKeys: [key.did()], signer: key,
    })
    const upload = (lxm) => uploadAs(did, key, lxm)

    await assert.rejects(upload('com.atproto.repo.uploadBlob'), { status: 403, error: 'AccountNotFound' }) // the signature was right
    await assert.rejects(upload('com.atproto.repo.createRecord'), { status: 401, error: 'BadJwtLexiconMethod' })
  })
}

test('A client changes its handle and the SDK resolves it at once', async () => {
  const agent = await signUp(server)
  const handle = 'changed-by-client.test'

  await agent.com.atproto.identity.updateHandle({ handle })

  const resolved = await identities(server).did.resolveAtprotoData(agent.session.did, true)
  assert.equal(resolved.handle, handle)
  assert.equal(await identities(server).handle.resolve(handle), agent.session.did)
})

async function uploadAs(iss, keypair, lxm) {
  const token = await createServiceJwt({ iss, aud: 'did:web:localhost', lxm, keypair })
  return anyone(server).com.atproto.repo.uploadBlob(Buffer.from('hello'), { encoding: 'text/plain', headers: { authorization: `Bearer ${token}` } })
}

function admin() {
  const credentials = Buffer.from('admin:the password of the tests').toString('base64')
  return { encoding: 'application/json', headers: { authorization: `Basic ${credentials}` } }
}
