import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AtpAgent, BlobRef } from '@atproto/api'
import { Secp256k1Keypair, sha256 } from '@atproto/crypto'
import { MemoryBlockstore, Repo, WriteOpAction, blocksToCarFile, getFullRepo, verifyRepoCar } from '@atproto/repo'
import plc from '@did-plc/lib'
import { CID } from 'multiformats/cid'
import { create as digest } from 'multiformats/hashes/digest'
import { useServer } from './lib/server.mjs'
import { anyone, credentials } from './lib/people.mjs'

const server = useServer()
const collection = 'com.example.note'

/** An account whose identity names a key of the test's, as it does while somebody moves. */
async function mover() {
  const [rotation, signing] = [await Secp256k1Keypair.create(), await Secp256k1Keypair.create()]
  const agent = new AtpAgent({ service: server.url })
  await agent.com.atproto.server.createAccount({ ...credentials('mover'), recoveryKey: rotation.did() }).then(({ data }) => agent.resumeSession({ ...data, active: true }))
  const here = await agent.com.atproto.identity.getRecommendedDidCredentials().then(({ data }) => data.verificationMethods.atproto)
  await new plc.Client(server.plcUrl).updateAtprotoKey(agent.assertDid, rotation, signing.did())
  return { agent, did: agent.assertDid, signing, here }
}

const blobOf = async (text) => new BlobRef(CID.createV1(0x55, digest(0x12, await sha256(text))), 'text/plain', text.length)

/** A repo as the official library makes it, and its CAR. */
async function repoOf(did, signing, count, from = 0, blob = undefined) {
  const storage = new MemoryBlockstore()
  const writes = Array.from({ length: count }, (_, index) => ({
    action: WriteOpAction.Create, collection, rkey: `note-${from + index}`, record: { $type: collection, text: `note ${from + index}`, ...(blob && index === 0 ? { file: blob.ipld() } : {}) },
  }))
  const repo = await Repo.create(storage, did, signing, writes)
  const parts = []
  for await (const part of getFullRepo(storage, repo.cid)) parts.push(part)
  return { repo, car: Buffer.concat(parts), storage }
}

const asCar = { encoding: 'application/vnd.ipld.car' }
const importInto = (agent, car) => agent.com.atproto.repo.importRepo(car, asCar)

for (const count of [0, 40, 3000]) {
  test(`A repo of ${count} records that the official library wrote is imported as it is`, async () => {
    const { agent, did, signing, here } = await mover()
    const { repo, car } = await repoOf(did, signing, count)

    await importInto(agent, car)

    const ours = (await anyone(server).com.atproto.sync.getRepo({ did })).data
    const found = await verifyRepoCar(ours, did, here)
    assert.equal(found.creates.length, count)
    assert.equal(found.commit.cid.toString(), (await agent.com.atproto.server.checkAccountStatus()).data.repoCommit)
    const { commit } = await Repo.load(repo.storage, repo.cid)
    assert.ok(Buffer.from(ours).includes(Buffer.from(commit.data.bytes)), 'the root of the tree is the same')
  })
}

test('What is missing is listed, uploaded, and then no longer missing', async () => {
  const { agent, did, signing } = await mover()
  const blob = await blobOf('a file of long ago')
  await importInto(agent, (await repoOf(did, signing, 3, 0, blob)).car)

  const { data } = await agent.com.atproto.repo.listMissingBlobs()
  assert.deepEqual(data.blobs, [{ cid: blob.ref.toString(), recordUri: `at://${did}/${collection}/note-0` }])
  await agent.uploadBlob(Buffer.from('a file of long ago'), { encoding: 'text/plain' })

  assert.deepEqual((await agent.com.atproto.repo.listMissingBlobs()).data.blobs, [])
  const status = (await agent.com.atproto.server.checkAccountStatus()).data
  assert.deepEqual([status.expectedBlobs, status.importedBlobs, status.indexedRecords], [1, 1, 3])
})

test('A repo that somebody else signed, or of somebody else, is refused with what is wrong', async () => {
  const { agent, did } = await mover()
  const other = await mover()

  await assert.rejects(importInto(agent, (await repoOf(did, other.signing, 2)).car), { status: 400, error: 'InvalidRequest', message: `The commit is not signed by the signing key of ${did}` })
  await assert.rejects(importInto(agent, (await repoOf(other.did, other.signing, 2)).car), { status: 400, error: 'InvalidRequest', message: `The repo is that of ${other.did}, not of ${did}` })
  await assert.rejects(importInto(agent, await blocksToCarFile(null, (await repoOf(did, other.signing, 2)).storage.blocks)), { status: 400, message: 'expected one root' })
})
