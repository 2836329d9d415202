import type { Adapter, AdapterConstructor, AdapterPayload } from 'oidc-provider';

interface Kept {
  readonly payload: AdapterPayload;
  readonly until: number;
}

/**
 * Makes a store of one provider for what signing in leaves behind: sessions, codes, grants. A restart forgets it, and
 * people sign in again; access tokens carry everything themselves and stay good.
 */
export function makeMemoryStore(): AdapterConstructor {
  const kept = new Map<string, Kept>();

  return class KeptInMemory implements Adapter {
    readonly #kind: string;

    constructor(kind: string) {
      this.#kind = kind;
    }

    async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
      const until = expiresIn === undefined ? Number.POSITIVE_INFINITY : Date.now() + expiresIn * 1_000;
      kept.set(this.#keyOf(id), { payload, until });
    }

    async find(id: string): Promise<AdapterPayload | undefined> {
      return this.#live(kept.get(this.#keyOf(id)));
    }

    async findByUid(uid: string): Promise<AdapterPayload | undefined> {
      return this.#findBy((payload) => payload.uid === uid);
    }

    async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
      return this.#findBy((payload) => payload.userCode === userCode);
    }

    async consume(id: string): Promise<void> {
      const found = kept.get(this.#keyOf(id));
      if (found !== undefined) found.payload.consumed = Math.floor(Date.now() / 1_000);
    }

    async destroy(id: string): Promise<void> {
      kept.delete(this.#keyOf(id));
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key);
    }

    #keyOf(id: string): string {
      return `${this.#kind}:${id}`;
    }

    #findBy(isWanted: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
      const own = [...kept].filter(([key]) => key.startsWith(`${this.#kind}:`));
      return this.#live(own.find(([, { payload }]) => isWanted(payload))?.[1]);
    }

    #live(found: Kept | undefined): AdapterPayload | undefined {
      return found !== undefined && found.until > Date.now() ? found.payload : undefined;
    }
  };
}
