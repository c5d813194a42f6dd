import { once } from 'node:events'
import { createServer } from 'node:net'

/** A port that nobody listens on, for programs that cannot be told to take any. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  await new Promise((closed) => server.close(closed))
  return port
}
