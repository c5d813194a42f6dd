import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AtUri, RichText } from '@atproto/api'
import { useServer } from './lib/server.mjs'
import { anyone, signUp } from './lib/people.mjs'
import { png } from './lib/pictures.mjs'

const server = useServer()

const read = (agent, uri) => {
  const { host, collection, rkey } = new AtUri(uri)
  return agent.com.atproto.repo.getRecord({ repo: host, collection, rkey }).then(({ data }) => data)
}

const list = (agent, repo, collection, more = {}) =>
  agent.com.atproto.repo.listRecords({ repo, collection, ...more }).then(({ data }) => data)

test('A post with a mention, a link and a tag is read back as it was written', async () => {
  const bob = await signUp(server, 'bob')
  const alice = await signUp(server, 'alice')
  const rich = new RichText({ text: `hello @${bob.session.handle}, see https://example.com/ #greeting 🦋` })
  await rich.detectFacets(alice)

  const { uri, cid } = await alice.post({ text: rich.text, facets: rich.facets, langs: ['en'] })

  const record = await read(anyone(server), uri)
  assert.equal(record.uri, uri)
  assert.equal(record.cid, cid)
  assert.equal(record.value.$type, 'app.bsky.feed.post')
  assert.equal(record.value.text, rich.text)
  const features = record.value.facets.flatMap((facet) => facet.features)
  assert.equal(features.find(({ $type }) => $type.endsWith('#mention')).did, bob.session.did)
  assert.equal(features.find(({ $type }) => $type.endsWith('#link')).uri, 'https://example.com/')
  assert.equal(features.find(({ $type }) => $type.endsWith('#tag')).tag, 'greeting')
})

test('Likes, reposts and follows come and go', async () => {
  const bob = await signUp(server, 'bob')
  const alice = await signUp(server, 'alice')
  const post = await bob.post({ text: 'like me' })

  const like = await alice.like(post.uri, post.cid)
  const repost = await alice.repost(post.uri, post.cid)
  const follow = await alice.follow(bob.session.did)

  assert.deepEqual((await read(bob, like.uri)).value.subject, { uri: post.uri, cid: post.cid })
  assert.deepEqual((await read(bob, repost.uri)).value.subject, { uri: post.uri, cid: post.cid })
  assert.equal((await read(bob, follow.uri)).value.subject, bob.session.did)

  await alice.deleteLike(like.uri)
  await alice.deleteRepost(repost.uri)
  await alice.deleteFollow(follow.uri)

  for (const { uri } of [like, repost, follow]) await assert.rejects(read(bob, uri), { error: 'RecordNotFound' })
})

test('A profile is updated in place and keeps its avatar', async () => {
  const alice = await signUp(server)
  const { data: { blob } } = await alice.uploadBlob(png, { encoding: 'image/png' })

  await alice.upsertProfile(() => ({ displayName: 'Alice', avatar: blob }))
  await alice.upsertProfile((existing) => ({ ...existing, description: 'in Wonderland' }))

  const { value } = await read(anyone(server), `at://${alice.session.did}/app.bsky.actor.profile/self`)
  assert.equal(value.displayName, 'Alice')
  assert.equal(value.description, 'in Wonderland')
  assert.equal(value.avatar.ref.toString(), blob.ref.toString())
  assert.equal(value.avatar.mimeType, 'image/png')
  assert.equal(value.avatar.size, png.length)
})

test('A list is read in pages, newest first or oldest first', async () => {
  const alice = await signUp(server)
  const texts = ['one', 'two', 'three', 'four', 'five']
  for (const text of texts) await alice.post({ text })

  const pages = []
  let cursor
  do {
    const page = await list(alice, alice.session.did, 'app.bsky.feed.post', { limit: 2, cursor })
    pages.push(page.records.map(({ value }) => value.text))
    cursor = page.cursor
  } while (cursor && pages.length < 5)
  const oldestFirst = await list(alice, alice.session.handle, 'app.bsky.feed.post', { reverse: true })

  assert.deepEqual(pages.flat(), texts.toReversed())
  assert.ok(pages.every((page) => page.length <= 2))
  assert.deepEqual(oldestFirst.records.map(({ value }) => value.text), texts)
})

test('A deleted post is gone from reads and lists', async () => {
  const alice = await signUp(server)
  const gone = await alice.post({ text: 'to be deleted' })
  const kept = await alice.post({ text: 'to be kept' })

  await alice.deletePost(gone.uri)

  await assert.rejects(read(alice, gone.uri), { status: 400, error: 'RecordNotFound' })
  const { records } = await list(alice, alice.session.did, 'app.bsky.feed.post')
  assert.deepEqual(records.map(({ uri }) => uri), [kept.uri])
})

test('A batch of writes is one commit', async () => {
  const alice = await signUp(server)
  const { data: { results, commit } } = await alice.com.atproto.repo.applyWrites({
    repo: alice.session.did,
    writes: ['one', 'two', 'three'].map((text) => ({
      $type: 'com.atproto.repo.applyWrites#create',
      collection: 'app.bsky.feed.post',
      value: { $type: 'app.bsky.feed.post', text, createdAt: new Date().toISOString() },
    })),
  })

  const { data: latest } = await alice.com.atproto.sync.getLatestCommit({ did: alice.session.did })

  assert.deepEqual(results.map(({ $type }) => $type), Array(3).fill('com.atproto.repo.applyWrites#createResult'))
  assert.deepEqual(latest, commit)
})

test('A repo is described with its collections', async () => {
  const alice = await signUp(server)
  await alice.post({ text: 'a post' })
  await alice.follow(alice.session.did)

  const { data } = await anyone(server).com.atproto.repo.describeRepo({ repo: alice.session.handle })

  assert.equal(data.did, alice.session.did)
  assert.equal(data.handleIsCorrect, true)
  assert.deepEqual(data.collections.toSorted(), ['app.bsky.feed.post', 'app.bsky.graph.follow'])
})
