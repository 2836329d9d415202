/** Private keys, passwords and tokens of signing. They lie apart from those of merchants, which more functions read. */
export interface SigningSecretStore {
  /** The secret as it lies there, unchecked; nothing when there is none of that name. */
  readSigningSecret(name: string): Promise<unknown>;
}
