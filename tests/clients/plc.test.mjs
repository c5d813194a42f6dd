import assert from 'node:assert/strict'
import { test } from 'node:test'
import { P256Keypair, Secp256k1Keypair } from '@atproto/crypto'
import plc from '@did-plc/lib'
import { useServer } from './lib/server.mjs'
import { identities } from './lib/identities.mjs'
import { signUp } from './lib/people.mjs'

const server = useServer()

const client = () => new plc.Client(server.plcUrl)

async function create(rotation) {
  const signing = await Secp256k1Keypair.create()
  const did = await client().createDid({
    signingKey: signing.did(), handle: 'carol.test', pds: 'https://pds.example.com', rotationKeys: [rotation.did()], signer: rotation,
  })
  return { did, signing }
}

for (const Keypair of [Secp256k1Keypair, P256Keypair]) {
  test(`A DID is created, updated and tombstoned with a ${Keypair.name}`, async () => {
    const rotation = await Keypair.create()
    const { did, signing } = await create(rotation)
    const created = await client().getDocument(did)

    await client().updateHandle(did, rotation, 'caroline.test')
    await client().updatePds(did, rotation, 'https://elsewhere.example.com')
    const newKey = await Secp256k1Keypair.create()
    await client().updateAtprotoKey(did, rotation, newKey.did())
    const updated = await client().getDocumentData(did)
    await client().tombstone(did, rotation)

    assert.deepEqual(created.alsoKnownAs, ['at://carol.test'])
    assert.equal(created.service[0].serviceEndpoint, 'https://pds.example.com')
    assert.equal(`did:key:${created.verificationMethod[0].publicKeyMultibase}`, signing.did())
    assert.deepEqual(updated.alsoKnownAs, ['at://caroline.test'])
    assert.equal(updated.services.atproto_pds.endpoint, 'https://elsewhere.example.com')
    assert.equal(updated.verificationMethods.atproto, newKey.did())
    await assert.rejects(client().getDocument(did), { status: 404 })
  })
}

test('The log proves itself to the client, operation by operation', async () => {
  const rotation = await Secp256k1Keypair.create()
  const { did } = await create(rotation)
  await client().updateHandle(did, rotation, 'caroline.test')

  const log = await client().getOperationLog(did)
  const audit = await client().getAuditableLog(did)
  const data = await plc.validateOperationLog(did, log)

  assert.equal(log.length, 2)
  assert.deepEqual(data, await client().getDocumentData(did))
  assert.deepEqual(audit.map(({ operation }) => operation), log)
  assert.ok(audit.every(({ nullified }) => nullified === false))
})

test("An account's own DID is in the directory with a log that proves itself", async () => {
  const alice = await signUp(server)
  const { did, handle } = alice.session

  const data = await plc.validateOperationLog(did, await client().getOperationLog(did))
  const exported = (await client().export()).map((entry) => entry.did)

  assert.deepEqual(data.alsoKnownAs, [`at://${handle}`])
  assert.equal(data.services.atproto_pds.endpoint, server.url)
  assert.ok(exported.includes(did))
})

test('A recovery key undoes what a lower key did', async () => {
  const [recovery, lower] = [await Secp256k1Keypair.create(), await Secp256k1Keypair.create()]
  const { did } = await create(recovery)
  await client().updateRotationKeys(did, recovery, [recovery.did(), lower.did()])
  const good = await client().getLastOp(did)
  await client().updateHandle(did, lower, 'stolen.test')

  const { sig, ...unsigned } = await plc.updateHandleOp(good, recovery, 'recovered.test')
  await client().sendOperation(did, await plc.addSignature(unsigned, recovery))

  const audit = await client().getAuditableLog(did)
  assert.deepEqual((await client().getDocumentData(did)).alsoKnownAs, ['at://recovered.test'])
  assert.deepEqual(audit.map(({ nullified }) => nullified), [false, false, true, false])
})

test('Operations by a stranger are refused', async () => {
  const { did } = await create(await Secp256k1Keypair.create())
  const stranger = await Secp256k1Keypair.create()

  await assert.rejects(client().updateHandle(did, stranger, 'stolen.test'), { status: 400 })

  assert.deepEqual((await client().getDocumentData(did)).alsoKnownAs, ['at://carol.test'])
})

test('The identity resolver finds DIDs and handles, and says when there are none', async () => {
  const alice = await signUp(server)
  const resolver = identities(server)

  const found = await resolver.did.resolveAtprotoData(alice.session.did)

  assert.equal(found.handle, alice.session.handle)
  assert.equal(found.pds, server.url)
  assert.equal(await resolver.handle.resolve(alice.session.handle), alice.session.did)
  assert.equal(await resolver.handle.resolve('nobody.test'), undefined)
  assert.equal(await resolver.did.resolve('did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'), null)
})
