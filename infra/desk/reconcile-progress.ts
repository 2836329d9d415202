import { statSync } from 'node:fs';

/** Where progress is shown: a terminal has a bar, a file or pipe a line for each stage. */
export interface ProgressScreen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Shows how far a run has come, by the bytes that it has to go through. */
export interface Progress {
  /** Announces the work to come, so that the bar knows its length. */
  expect(bytes: number): void;
  /** From here on `share` tells how much of a stage is done, from 0 to 1. */
  follow(share: () => number): void;
  /** Does one stage of the work, which goes through so many bytes; several may run beside each other. */
  stage<Result>(name: string, bytes: number, work: () => Promise<Result>): Promise<Result>;
  end(): void;
}

const barWidth = 24;
const redrawMs = 100;
const emptyLine = '\r\u001B[2K';

export function makeProgress(screen: ProgressScreen): Progress {
  let expected = 0;
  let done = 0;
  let shareOf = () => 0;
  const running = new Set<{ readonly name: string; readonly bytes: number }>();
  const draw = () => {
    const bytes = [...running].reduce((sum, stage) => sum + stage.bytes, 0);
    const share = expected === 0 ? 0 : Math.min(1, (done + bytes * shareOf()) / expected);
    const filled = Math.round(share * barWidth);
    const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
    const names = [...running].map(({ name }) => name).join(', ');
    screen.write(`${emptyLine}${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${names}`);
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    expect(bytes) {
      expected += bytes;
    },
    follow(share) {
      shareOf = share;
    },
    async stage(name, bytes, work) {
      if (screen.isTTY !== true) {
        screen.write(`${name}\n`);
        return work();
      }
      const stage = { name, bytes };
      running.add(stage);
      draw();
      timer ??= setInterval(draw, redrawMs);
      try {
        return await work();
      } finally {
        running.delete(stage);
        done += bytes;
      }
    },
    end() {
      clearInterval(timer);
      if (screen.isTTY === true) screen.write(emptyLine);
    },
  };
}

/** The size of a file; one that cannot be opened says so when it is read. */
export function bytesOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
