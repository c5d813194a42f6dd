/** What OAuth clients keep, for as long as the process lives. */
export function store() {
  const values = new Map()
  return { get: async (key) => values.get(key), set: async (key, value) => void values.set(key, value), del: async (key) => void values.delete(key) }
}
