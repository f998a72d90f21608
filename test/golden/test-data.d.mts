export function testDataFolder(proofs: string): string | null;
