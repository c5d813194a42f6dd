import assert from 'node:assert/strict'
import { test } from 'node:test'
import { XRPCError } from '@atproto/api'
import { useServer } from './lib/server.mjs'
import { anyone, credentials, signUp } from './lib/people.mjs'

const server = useServer({ PDS_BLOB_UPLOAD_LIMIT: '1024' })

/** The client must see an XRPCError with this status and name, and a message that was written for people. */
const refuses = (call, status, error) => assert.rejects(call, (refusal) => {
  assert.ok(refusal instanceof XRPCError, `${refusal}`)
  assert.equal(refusal.error, error)
  assert.equal(refusal.status, status)
  assert.ok(refusal.message.length > 0)
  return true
})

const post = (more = {}) => ({ $type: 'app.bsky.feed.post', text: 'hello', createdAt: new Date().toISOString(), ...more })

test('Sign-ups are refused by name', async () => {
  const taken = credentials()
  await anyone(server).createAccount(taken)
  const signingUp = (more) => anyone(server).createAccount({ ...credentials(), ...more })

  await refuses(signingUp({ handle: taken.handle }), 400, 'InvalidRequest')
  await refuses(signingUp({ handle: 'alice.example.com' }), 400, 'UnsupportedDomain')
  await refuses(signingUp({ handle: 'admin.test' }), 400, 'HandleNotAvailable')
  await refuses(signingUp({ handle: 'a.test' }), 400, 'InvalidHandle')
  await refuses(signingUp({ email: taken.email }), 400, 'InvalidRequest')
})

test('Sign-ins are refused by name', async () => {
  const person = credentials()
  await anyone(server).createAccount(person)
  const signingIn = (identifier, password) => anyone(server).login({ identifier, password })

  await refuses(signingIn(person.handle, 'not the password'), 401, 'AuthenticationRequired')
  await refuses(signingIn('nobody.test', person.password), 401, 'AuthenticationRequired')
})

test('Requests without a good token are refused by name', async () => {
  const alice = await signUp(server)
  const asking = (authorization) => anyone(server).com.atproto.server.getSession(undefined, { headers: { authorization } })

  await refuses(anyone(server).com.atproto.server.getSession(), 401, 'AuthMissing')
  await refuses(asking('Bearer not-a-token'), 400, 'InvalidToken')
  await refuses(asking(`Bearer ${alice.session.refreshJwt}`), 400, 'InvalidToken')
})

test('Writes are refused by name', async () => {
  const alice = await signUp(server, 'alice')
  const bob = await signUp(server, 'bob')
  const repo = alice.session.did
  const collection = 'app.bsky.feed.post'
  const note = { repo, collection: 'com.example.note', rkey: 'one', record: { text: 'hello' } }
  const creating = (more) => alice.com.atproto.repo.createRecord({ repo, collection, record: post(), ...more })
  const { data: first } = await alice.com.atproto.repo.createRecord(note)
  await alice.post({ text: 'hello' })

  await refuses(creating({ record: post({ createdAt: 'yesterday' }) }), 400, 'InvalidRequest')
  await refuses(creating({ record: post({ text: undefined }) }), 400, 'InvalidRequest')
  await refuses(creating({ record: post({ text: 'x'.repeat(3001) }) }), 400, 'InvalidRequest')
  await refuses(creating({ collection: 'app.bsky.feed.like' }), 400, 'InvalidRequest')
  await refuses(creating({ rkey: 'self' }), 400, 'InvalidRequest')
  await refuses(creating({ swapCommit: first.commit.cid }), 400, 'InvalidSwap')
  await refuses(alice.com.atproto.repo.putRecord({ ...note, record: { text: 'changed' }, swapRecord: first.commit.cid }), 400, 'InvalidSwap')
  await refuses(alice.com.atproto.repo.createRecord(note), 400, 'InvalidRequest')
  await refuses(bob.com.atproto.repo.deleteRecord(note), 401, 'AuthenticationRequired')
})

test('Reads are refused by name', async () => {
  const alice = await signUp(server)
  const { repo, sync, identity } = anyone(server).com.atproto
  const did = alice.session.did
  const nobody = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'
  const cid = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku'

  await refuses(repo.getRecord({ repo: did, collection: 'app.bsky.feed.post', rkey: 'none' }), 400, 'RecordNotFound')
  await refuses(repo.describeRepo({ repo: 'nobody.test' }), 400, 'RepoNotFound')
  await refuses(identity.resolveHandle({ handle: 'nobody.test' }), 400, 'HandleNotFound')
  await refuses(sync.getRepo({ did: nobody }), 400, 'RepoNotFound')
  await refuses(sync.getRepoStatus({ did: nobody }), 400, 'RepoNotFound')
  await refuses(sync.getBlob({ did, cid }), 400, 'InvalidRequest')
  await refuses(sync.getBlob({ did: nobody, cid }), 400, 'RepoNotFound')
})

test('Parameters that are wrong and bodies that are too large are refused by name', async () => {
  const alice = await signUp(server)

  await refuses(alice.call('com.atproto.repo.listRecords', { repo: alice.session.did, collection: 'app.bsky.feed.post', limit: 101 }), 400, 'InvalidRequest')
  await refuses(alice.uploadBlob(Buffer.alloc(1025), { encoding: 'text/plain' }), 413, 'PayloadTooLarge')
})
