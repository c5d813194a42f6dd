import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyRepoCar } from '@atproto/repo'
import { identities } from './lib/identities.mjs'
import { Listener } from './lib/listener.mjs'
import { anyone, credentials } from './lib/people.mjs'
import { useServer } from './lib/server.mjs'

const server = useServer()

/** Somebody whose identity is their name. */
async function join() {
  const person = credentials('webby')
  const agent = anyone(server)
  await agent.createAccount({ ...person, did: `did:web:${person.handle}` })
  return { agent, person, did: agent.assertDid }
}

test("A did:web of the server's own names resolves at its own host, both ways", async () => {
  const { did, person } = await join()

  const found = await identities(server).did.resolveAtprotoData(did)

  assert.equal(did, `did:web:${person.handle}`)
  assert.deepEqual([found.did, found.handle, found.pds], [did, person.handle, server.url])
  assert.equal(await identities(server).handle.resolve(person.handle), did)
})

test('Its repo proves itself, and the firehose of it does', async (t) => {
  const listener = new Listener(server, 0)
  t.after(() => listener.close())
  const { agent, did } = await join()
  await agent.post({ text: 'without a directory' })

  const repo = await verifyRepoCar((await agent.com.atproto.sync.getRepo({ did })).data, did, await identities(server).did.resolveAtprotoKey(did))

  assert.equal(repo.creates.length, 1)
  const [identity, , , create] = await listener.of(did, 4)
  assert.equal(identity.didDocument.id, did)
  assert.equal(create.record.text, 'without a directory')
  assert.deepEqual(listener.errors, [])
})

test('Its document follows the handle', async () => {
  const { agent, did } = await join()
  const { handle } = credentials('other')

  await agent.com.atproto.identity.updateHandle({ handle })

  assert.equal((await identities(server).did.resolveAtprotoData(did, true)).handle, handle)
  assert.equal(await identities(server).handle.resolve(handle), did)
})

test('Nobody gets the name after it', async () => {
  const { agent, person } = await join()
  await agent.com.atproto.identity.updateHandle({ handle: credentials('other').handle })

  await assert.rejects(anyone(server).createAccount({ ...credentials(), handle: person.handle }), { status: 400, error: 'HandleNotAvailable' })
})
