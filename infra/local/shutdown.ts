/** Remembers what was started, to stop it in the opposite order. */
export class Shutdown {
  readonly #stops: (() => Promise<void> | void)[] = [];

  add(stop: () => Promise<void> | void): void {
    this.#stops.push(stop);
  }

  /** Stops everything; what cannot be stopped does not keep the rest running. */
  async run(): Promise<void> {
    for (let stop = this.#stops.pop(); stop !== undefined; stop = this.#stops.pop()) {
      try {
        await stop();
      } catch (fault) {
        process.stderr.write(`While stopping: ${fault instanceof Error ? fault.message : String(fault)}\n`);
      }
    }
  }
}
