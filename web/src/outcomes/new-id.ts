/** 128 random bits as text. Also where `crypto.randomUUID` is missing: on pages that were not loaded securely. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
