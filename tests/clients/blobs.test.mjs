import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { BlobRef } from '@atproto/api'
import { useServer } from './lib/server.mjs'
import { anyone, signUp } from './lib/people.mjs'
import { jpeg, png } from './lib/pictures.mjs'

const server = useServer()

const withPicture = (agent, blob) => agent.post({
  text: 'a picture',
  embed: { $type: 'app.bsky.embed.images', images: [{ image: blob, alt: 'grey' }] },
})

test('A blob that a record names is served as it was uploaded', async () => {
  const alice = await signUp(server)

  for (const [bytes, encoding] of [[png, 'image/png'], [jpeg, 'image/jpeg']]) {
    const { data: { blob } } = await alice.uploadBlob(bytes, { encoding })
    await withPicture(alice, blob)
    const answer = await anyone(server).com.atproto.sync.getBlob({ did: alice.session.did, cid: blob.ref.toString() })

    assert.ok(blob instanceof BlobRef)
    assert.equal(blob.mimeType, encoding)
    assert.equal(blob.size, bytes.length)
    assert.deepEqual(Buffer.from(blob.ref.multihash.digest), createHash('sha256').update(bytes).digest())
    assert.ok(Buffer.from(answer.data).equals(bytes))
    assert.equal(answer.headers['content-type'], encoding)
  }
})

test('Blobs are listed once a record names them', async () => {
  const alice = await signUp(server)
  const { data: { blob } } = await alice.uploadBlob(png, { encoding: 'image/png' })
  const listed = async () => (await anyone(server).com.atproto.sync.listBlobs({ did: alice.session.did })).data.cids

  const before = await listed()
  await withPicture(alice, blob)
  const after = await listed()

  assert.deepEqual(before, [])
  assert.deepEqual(after, [blob.ref.toString()])
})

test('A blob goes with the last record that named it', async () => {
  const alice = await signUp(server)
  const { data: { blob } } = await alice.uploadBlob(png, { encoding: 'image/png' })
  const post = await withPicture(alice, blob)

  await alice.deletePost(post.uri)

  await assert.rejects(
    anyone(server).com.atproto.sync.getBlob({ did: alice.session.did, cid: blob.ref.toString() }), { status: 400, message: 'Blob not found' })
})

test('A record cannot name a blob that was never uploaded', async () => {
  const alice = await signUp(server, 'alice')
  const bob = await signUp(server, 'bob')
  const { data: { blob } } = await bob.uploadBlob(png, { encoding: 'image/png' })

  await assert.rejects(withPicture(alice, blob), { status: 400, error: 'BlobNotFound' })
})
