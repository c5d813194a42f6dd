import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AtUri } from '@atproto/api'
import { WebSocket } from 'ws'
import { useServer } from './lib/server.mjs'
import { Listener } from './lib/listener.mjs'
import { signUp } from './lib/people.mjs'

const server = useServer()
const post = 'app.bsky.feed.post'
const note = 'com.example.note' // no lexicon here knows it: any key will do
const signUpEvents = 3 // #identity, #account and #sync; the SDK makes nothing of the #commit without operations

const value = (text) => ({ $type: post, text, createdAt: new Date().toISOString() })

/** Follows for the length of one test, which fails if the SDK complained about anything. */
async function following(test, cursor) {
  const listener = new Listener(server, cursor)
  test.after(() => listener.close())
  return listener
}

const brief = ({ event, collection, rkey, record }) => [event, collection, rkey, record?.text].filter(Boolean).join(' ')

test('A sign-up arrives as identity, account and sync', async (t) => {
  const listener = await following(t, 0)
  const { did, handle } = (await signUp(server)).session

  const [identity, account, sync] = await listener.of(did, signUpEvents)

  assert.equal(identity.event, 'identity')
  assert.equal(identity.handle, handle)
  assert.equal(identity.didDocument.id, did)
  assert.equal(account.event, 'account')
  assert.equal(account.active, true)
  assert.equal(sync.event, 'sync')
  assert.ok(identity.seq < account.seq && account.seq < sync.seq)
  assert.deepEqual(listener.errors, [])
})

test('Creations, updates and deletions arrive verified and in order', async (t) => {
  const listener = await following(t, 0)
  const alice = await signUp(server)
  const { did } = alice.session

  const { uri } = await alice.post({ text: 'first' })
  const { rkey } = new AtUri(uri)
  await alice.com.atproto.repo.putRecord({ repo: did, collection: post, rkey, record: value('second') })
  await alice.deletePost(uri)
  await alice.upsertProfile(() => ({ displayName: 'Alice' }))

  const events = (await listener.of(did, signUpEvents + 4)).slice(signUpEvents)
  assert.deepEqual(events.map(brief), [
    `create ${post} ${rkey} first`, `update ${post} ${rkey} second`, `delete ${post} ${rkey}`, 'create app.bsky.actor.profile self',
  ])
  assert.deepEqual(events.map(({ seq }) => seq), events.map(({ seq }) => seq).toSorted((a, b) => a - b))
  assert.deepEqual(events.map(({ rev }) => rev), events.map(({ rev }) => rev).toSorted())
  const { data: latest } = await alice.com.atproto.sync.getLatestCommit({ did })
  assert.equal(events.at(-1).commit.toString(), latest.cid)
  assert.deepEqual(listener.errors, [])
})

test('A batch arrives as one commit with all its operations', async (t) => {
  const listener = await following(t, 0)
  const alice = await signUp(server)
  const { did } = alice.session
  const apply = (writes) => alice.com.atproto.repo.applyWrites({ repo: did, writes })
  const write = (kind, rkey, text) => ({ $type: `com.atproto.repo.applyWrites#${kind}`, collection: note, rkey, ...(text && { value: { text } }) })
  await apply([write('create', 'one', '1'), write('create', 'two', '2')])

  await apply([write('update', 'one', 'uno'), write('delete', 'two'), write('create', 'three', '3')])

  const events = (await listener.of(did, signUpEvents + 5)).slice(signUpEvents)
  const [first, second] = [events.slice(0, 2), events.slice(2)]
  assert.deepEqual(first.map(brief).toSorted(), [`create ${note} one 1`, `create ${note} two 2`])
  assert.deepEqual(second.map(brief).toSorted(), [`create ${note} three 3`, `delete ${note} two`, `update ${note} one uno`])
  assert.equal(new Set(first.map(({ seq }) => seq)).size, 1)
  assert.equal(new Set(second.map(({ seq }) => seq)).size, 1)
  assert.deepEqual(listener.errors, [])
})

test('Hundreds of writes of several people at once arrive without a complaint', async (t) => {
  const listener = await following(t, 0)
  const people = await Promise.all(['alice', 'bob', 'carol', 'dan'].map((name) => signUp(server, name)))
  const perPerson = 60

  await Promise.all(people.map(async (person) => {
    for (let index = 0; index < perPerson; index++) {
      const { uri } = await person.post({ text: `post ${index}` })
      if (index % 3 === 2) await person.deletePost(uri)
    }
  }))

  for (const { session: { did } } of people) {
    const events = (await listener.of(did, signUpEvents + perPerson + perPerson / 3)).slice(signUpEvents)
    assert.deepEqual(events.filter(({ event }) => event === 'create').map(({ record }) => record.text), Array.from({ length: perPerson }, (_, index) => `post ${index}`))
    assert.equal(events.filter(({ event }) => event === 'delete').length, perPerson / 3)
  }
  assert.deepEqual(listener.errors, [])
})

test('A cursor replays what came after it, then goes on live', async (t) => {
  const alice = await signUp(server)
  const { did } = alice.session
  await alice.post({ text: 'before' })
  const first = await following(t, 0)
  const heard = await first.of(did, signUpEvents + 1)
  await alice.post({ text: 'missed' })

  const second = await following(t, heard.at(-1).seq)
  await second.of(did, 1)
  await alice.post({ text: 'live' })

  assert.deepEqual((await second.of(did, 2)).map(({ record }) => record.text), ['missed', 'live'])
  assert.deepEqual((await first.of(did, signUpEvents + 3)).slice(-2).map(({ seq }) => seq), second.events.filter((event) => event.did === did).map(({ seq }) => seq))
  assert.deepEqual([...first.errors, ...second.errors], [])
})

test('Two replays of the whole log are the same', async (t) => {
  const alice = await signUp(server)
  const { did } = alice.session
  for (const text of ['one', 'two', 'three']) await alice.post({ text })

  const [first, second] = await Promise.all([0, 0].map((cursor) => following(t, cursor)))
  const [one, other] = await Promise.all([first, second].map((listener) => listener.of(did, signUpEvents + 3)))

  assert.deepEqual(one.map((event) => [event.seq, brief(event)]), other.map((event) => [event.seq, brief(event)]))
  assert.deepEqual([...first.errors, ...second.errors], [])
})

test('A cursor from the future is refused with an error frame, and the stream ends', async () => {
  const socket = new WebSocket(`${server.url.replace(/^http/, 'ws')}/xrpc/com.atproto.sync.subscribeRepos?cursor=${Number.MAX_SAFE_INTEGER}`)
  const frames = []
  socket.on('message', (frame) => frames.push(Buffer.from(frame)))

  await new Promise((resolve, reject) => socket.on('close', resolve).on('error', reject))

  assert.equal(frames.length, 1)
  assert.ok(frames[0].includes('FutureCursor'))
})
