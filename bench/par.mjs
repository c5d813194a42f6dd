// What a pushed authorization request costs a server: node bench/par.mjs http://127.0.0.1:2583 --pid N [--count 2000] [--at-once 16]
// Each has a proof of its own key (ES256), as those of browsers do. Prints CPU milliseconds of the server, and requests a second. Loopback only.
import { createHash, randomBytes, subtle } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'

const [url, ...rest] = process.argv.slice(2)
const base = new URL(url)
if (!['localhost', '127.0.0.1', '[::1]'].includes(base.hostname)) throw new Error('Loopback only')
const option = (name, usual) => Number(rest[rest.indexOf(`--${name}`) + 1] ?? usual) || usual
const [pid, count, atOnce] = [option('pid', 0), option('count', 2000), option('at-once', 16)]
const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
const redirectUri = 'http://127.0.0.1/callback'
const clientId = `http://localhost?redirect_uri=${encodeURIComponent(redirectUri)}&scope=atproto`
let nonce

const text = value => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

const keys = await Promise.all(Array.from({ length: atOnce }, async () => {
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign'])
  const { kty, crv, x, y } = await subtle.exportKey('jwk', pair.publicKey)
  return { secret: pair.privateKey, jwk: { kty, crv, x, y } }
}))

async function proof({ secret, jwk }) {
  const payload = { jti: randomBytes(16).toString('base64url'), htm: 'POST', htu: new URL('/oauth/par', issuer).href, iat: Math.floor(Date.now() / 1000), nonce }
  const signed = `${text({ alg: 'ES256', typ: 'dpop+jwt', jwk })}.${text(payload)}`
  return `${signed}.${Buffer.from(await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, secret, Buffer.from(signed))).toString('base64url')}`
}

function send(method, path, headers = {}, body = '') {
  return new Promise((resolve, reject) => {
    const sent = request({ host: base.hostname, port: base.port, method, path, agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, answer => {
      const parts = []
      answer.on('data', part => parts.push(part)).on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString() }))
    })
    sent.on('error', reject).end(body)
  })
}

async function push(key) {
  const form = new URLSearchParams({
    client_id: clientId, redirect_uri: redirectUri, response_type: 'code', scope: 'atproto', state: 'state',
    code_challenge: createHash('sha256').update(randomBytes(32)).digest('base64url'), code_challenge_method: 'S256',
  })
  const answer = await send('POST', '/oauth/par', { 'content-type': 'application/x-www-form-urlencoded', dpop: await proof(key) }, form.toString())
  nonce = answer.headers['dpop-nonce'] ?? nonce
  return answer
}

const cpu = () => pid && readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13).reduce((sum, ticks) => sum + Number(ticks) * 10, 0)

async function run(total) {
  let left = total
  await Promise.all(keys.map(async key => {
    while (left-- > 0) {
      const answer = await push(key)
      if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`)
    }
  }))
}

const issuer = JSON.parse((await send('GET', '/.well-known/oauth-authorization-server')).text).issuer
await push(keys[0]) // for the nonce
await run(count / 4)
const [began, used] = [performance.now(), cpu()]
await run(count)
console.log(JSON.stringify({ count, atOnce, cpuMs: (cpu() - used) / count, perSecond: Math.round(count / (performance.now() - began) * 1000) }))
process.exit()
