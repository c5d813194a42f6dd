import { execFile } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']

/** A certificate that signs itself, for these names; files in a folder. Only who is told of it trusts it. */
export async function selfSign(folder, ...names) {
  const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => path.join(folder, name))
  const alternatives = names.map((name) => `DNS:${name}`).join(',')
  await run('openssl', ['req', '-x509', ...curve, '-subj', `/CN=${names[0]}`, '-addext', `subjectAltName=${alternatives}`, '-keyout', key, '-out', certificate])
  return { key, certificate }
}

/** By what Chromium can be told to trust a certificate: the hash of its key. */
export async function keyHash(certificate) {
  const { publicKey } = new X509Certificate(await readFile(certificate))
  return createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('base64')
}
