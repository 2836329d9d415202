import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { StackPlace } from './local-stack.ts';
import { pickStaff } from './staff-sign-in.ts';

const script = fileURLToPath(new URL('../../infra/desk/finance.ts', import.meta.url));

export interface EndedCommand {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `npm run finance -- …` on a stack. @param onError sees what it writes to people while it runs */
export function runFinance(
  { port, folder }: Pick<StackPlace, 'port' | 'folder'>,
  args: readonly string[],
  onError: (text: string) => void = () => undefined,
): Promise<EndedCommand> {
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH: process.env['PATH'], PORT: String(port), STATE_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
    onError(err);
  });
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

/** Signs somebody in by the command, with a browser that picks the person on the provider's page. */
export async function signInByCommand(place: StackPlace, staffCode: string): Promise<EndedCommand> {
  let browsing: Promise<unknown> | undefined;
  const ended = await runFinance(place, ['login'], (text) => {
    const address = /^http:\S+(?=\n)/m.exec(text)?.[0];
    if (address !== undefined) browsing ??= pickStaff(address, staffCode).then((back) => fetch(back));
  });
  await browsing;
  return ended;
}
