import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secp256k1Keypair } from '@atproto/crypto'
import plc from '@did-plc/lib'
import { lastCode } from './lib/mail.mjs'
import { signUp } from './lib/people.mjs'
import { useServer } from './lib/server.mjs'

const server = useServer()

const client = () => new plc.Client(server.plcUrl)

const identityOf = (agent) => agent.com.atproto.identity

/** Asks for a code, reads it from the mail, and has a change signed. */
async function sign(agent, change) {
  await identityOf(agent).requestPlcOperationSignature()
  const token = await lastCode(server, agent.session.email)
  const { data } = await identityOf(agent).signPlcOperation({ token, ...change })
  return { token, operation: data.operation }
}

async function withOwnKey() {
  const [agent, own] = [await signUp(server), await Secp256k1Keypair.create()]
  const { rotationKeys } = (await identityOf(agent).getRecommendedDidCredentials()).data
  const { operation } = await sign(agent, { rotationKeys: [own.did(), ...rotationKeys] })
  await identityOf(agent).submitPlcOperation({ operation })
  return { agent, own, did: agent.assertDid, serverKeys: rotationKeys }
}

test('A user adds a rotation key of their own, and the log proves it', async () => {
  const { own, did, serverKeys } = await withOwnKey()

  const log = await client().getOperationLog(did)
  const data = await plc.validateOperationLog(did, log)

  assert.equal(log.length, 2)
  assert.deepEqual(data.rotationKeys, [own.did(), ...serverKeys])
  assert.deepEqual(data, await client().getDocumentData(did))
})

test("The user's key alone changes the identity, and takes it from the server", async () => {
  const { agent, own, did } = await withOwnKey()

  await client().updateRotationKeys(did, own, [own.did()])
  await client().updatePds(did, own, 'https://elsewhere.example.com')

  const data = await plc.validateOperationLog(did, await client().getOperationLog(did))
  assert.deepEqual(data.rotationKeys, [own.did()])
  assert.equal(data.services.atproto_pds.endpoint, 'https://elsewhere.example.com')
  await identityOf(agent).requestPlcOperationSignature()
  const token = await lastCode(server, agent.session.email)
  await assert.rejects(identityOf(agent).signPlcOperation({ token }), { status: 400, error: 'InvalidRequest' })
})

test("What the user's key signed is submitted through the server, too", async () => {
  const { agent, own, did } = await withOwnKey()
  const last = await client().getLastOp(did)

  const operation = await plc.createUpdateOp(last, own, (unsigned) => ({ ...unsigned, alsoKnownAs: [...unsigned.alsoKnownAs, 'https://alice.example.com'] }))
  await identityOf(agent).submitPlcOperation({ operation })

  assert.equal((await plc.validateOperationLog(did, await client().getOperationLog(did))).alsoKnownAs.length, 2)
})

test('A code signs once, and what the server signs is what the PLC library would', async () => {
  const agent = await signUp(server)
  const last = await client().getLastOp(agent.assertDid)

  const { token, operation } = await sign(agent, { alsoKnownAs: [...last.alsoKnownAs, 'https://alice.example.com'] })

  await plc.assureValidSig(last.rotationKeys, operation)
  assert.equal(operation.prev, (await plc.createUpdateOp(last, await Secp256k1Keypair.create(), (unsigned) => unsigned)).prev)
  await assert.rejects(identityOf(agent).signPlcOperation({ token }), { status: 400, error: 'InvalidToken' })
})

test('The server submits nothing that would lock the user out', async () => {
  const agent = await signUp(server)
  const { operation } = await sign(agent, { services: { atproto_pds: { type: 'AtprotoPersonalDataServer', endpoint: 'https://elsewhere.example.com' } } })

  await assert.rejects(identityOf(agent).submitPlcOperation({ operation }), { status: 400, message: 'Incorrect endpoint on atproto_pds service' })

  assert.equal((await client().getOperationLog(agent.assertDid)).length, 1)
})

test('Whole identities are resolved by either name', async () => {
  const { assertDid: did, session: { handle }, com } = await signUp(server)

  const byHandle = (await com.atproto.identity.resolveIdentity({ identifier: handle })).data
  const byDid = (await com.atproto.identity.refreshIdentity({ identifier: did })).data
  const { didDoc } = (await com.atproto.identity.resolveDid({ did })).data

  assert.deepEqual(byHandle, { did, handle, didDoc })
  assert.deepEqual(byDid, byHandle)
  assert.deepEqual(didDoc, await client().getDocument(did))
})
