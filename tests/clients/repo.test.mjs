import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AtUri } from '@atproto/api'
import { Secp256k1Keypair } from '@atproto/crypto'
import { BlockMap, RepoVerificationError, readCarWithRoot, verifyProofs, verifyRecords, verifyRepo, verifyRepoCar } from '@atproto/repo'
import { CID } from 'multiformats/cid'
import { useServer } from './lib/server.mjs'
import { identities } from './lib/identities.mjs'
import { anyone, signUp } from './lib/people.mjs'

const server = useServer()
const post = 'app.bsky.feed.post'

const keyOf = (did) => identities(server).did.resolveAtprotoKey(did)
const exported = async (did, since) => (await anyone(server).com.atproto.sync.getRepo({ did, since })).data
const proof = async (did, rkey) => (await anyone(server).com.atproto.sync.getRecord({ did, collection: post, rkey })).data

/** Signs up and writes so many posts that the tree has several levels; every fifth is deleted again. */
async function author(count) {
  const agent = await signUp(server)
  const posts = []
  for (let from = 0; from < count; from += 100) {
    const texts = Array.from({ length: Math.min(100, count - from) }, (_, index) => `post ${from + index}`)
    const { data } = await agent.com.atproto.repo.applyWrites({
      repo: agent.session.did,
      writes: texts.map((text) => ({
        $type: 'com.atproto.repo.applyWrites#create', collection: post, value: { $type: post, text, createdAt: new Date().toISOString() },
      })),
    })
    posts.push(...data.results.map(({ uri, cid }, index) => ({ uri, rkey: new AtUri(uri).rkey, cid, text: texts[index] })))
  }
  const gone = posts.filter((_, index) => index % 5 === 4)
  for (const { uri } of gone) await agent.deletePost(uri)
  return { agent, did: agent.session.did, posts: posts.filter((one) => !gone.includes(one)), gone }
}

test('An exported repo proves itself with the key in the DID document', async () => {
  const { did, agent, posts } = await author(250)

  const repo = await verifyRepoCar(await exported(did), did, await keyOf(did))

  const { data: latest } = await agent.com.atproto.sync.getLatestCommit({ did })
  assert.equal(repo.commit.cid.toString(), latest.cid)
  assert.equal(repo.commit.rev, latest.rev)
  const found = new Map(repo.creates.map(({ collection, rkey, cid }) => [`${collection}/${rkey}`, cid.toString()]))
  assert.deepEqual(found, new Map(posts.toSorted((a, b) => (a.rkey < b.rkey ? -1 : 1)).map(({ rkey, cid }) => [`${post}/${rkey}`, cid])))
})

test('An exported repo does not prove itself with another key, or as another account', async () => {
  const { did } = await author(3)
  const car = await exported(did)
  const stranger = await Secp256k1Keypair.create()

  await assert.rejects(verifyRepoCar(car, did, stranger.did()), RepoVerificationError)
  await assert.rejects(verifyRepoCar(car, 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa', await keyOf(did)), RepoVerificationError)
})

test('The repo of a fresh account is empty and proves itself', async () => {
  const { did } = (await signUp(server)).session

  const repo = await verifyRepoCar(await exported(did), did, await keyOf(did))

  assert.deepEqual(repo.creates, [])
})

test('An export since a revision completes the earlier export', async () => {
  const { did, agent, posts } = await author(20)
  const key = await keyOf(did)
  const earlier = await readCarWithRoot(await exported(did))
  const { rev } = (await verifyRepo(earlier.blocks, earlier.root, did, key)).commit
  await agent.post({ text: 'later' })

  const part = await readCarWithRoot(await exported(did, rev))
  const all = new BlockMap().addMap(earlier.blocks).addMap(part.blocks)
  const repo = await verifyRepo(all, part.root, did, key)

  assert.ok(part.blocks.size < earlier.blocks.size)
  assert.equal(repo.creates.length, posts.length + 1)
})

test('Proofs show that a record exists, with its content', async () => {
  const { did, posts } = await author(120)
  const key = await keyOf(did)

  for (const { rkey, cid, text } of [posts[0], posts[posts.length >> 1], posts.at(-1)]) {
    const car = await proof(did, rkey)
    const claims = [{ collection: post, rkey, cid: CID.parse(cid) }]

    const { verified, unverified } = await verifyProofs(car, claims, did, key)
    const records = await verifyRecords(car, did, key)

    assert.deepEqual([verified.length, unverified.length], [1, 0])
    assert.equal(records.find((one) => one.rkey === rkey).record.text, text)
  }
})

test('Proofs show that a record does not exist', async () => {
  const { did, posts, gone } = await author(120)
  const key = await keyOf(did)

  for (const rkey of [gone[0].rkey, gone.at(-1).rkey, '2222222222222', 'zzzzzzzzzzzzz']) {
    const claims = [{ collection: post, rkey, cid: null }]
    const { verified, unverified } = await verifyProofs(await proof(did, rkey), claims, did, key)
    assert.deepEqual([verified.length, unverified.length], [1, 0], rkey)
  }

  const wrong = [{ collection: post, rkey: posts[0].rkey, cid: null }]
  assert.equal((await verifyProofs(await proof(did, posts[0].rkey), wrong, did, key)).unverified.length, 1)
})

test('Every repo on the server is listed with the head that its export has', async () => {
  const { did } = await author(5)

  const { data: { repos } } = await anyone(server).com.atproto.sync.listRepos({ limit: 1000 })
  const listed = repos.find((repo) => repo.did === did)
  const repo = await verifyRepoCar(await exported(did), did, await keyOf(did))

  assert.equal(listed.head, repo.commit.cid.toString())
  assert.equal(listed.rev, repo.commit.rev)
  assert.equal(listed.active, true)
})
