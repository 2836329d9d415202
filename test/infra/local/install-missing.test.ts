import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const script = 'infra/local/install-missing.mjs';
const zod = { version: '4.6.7' };
const otherPlatform = { version: '1.0.0', optional: true };

/** Stands in for npm: notes what it was asked for and leaves behind what npm leaves behind. */
const installingNpm = `
  const { mkdirSync, writeFileSync } = require('node:fs');
  writeFileSync('asked', process.argv.slice(2).join(' '));
  mkdirSync('node_modules/node/bin', { recursive: true });
  writeFileSync('node_modules/.package-lock.json', ${JSON.stringify(lock({ 'node_modules/zod': zod }))});
`;

describe('installing what is missing', () => {
  let project: string;

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'install-missing-'));
    write('package-lock.json', lock({ '': {}, 'node_modules/zod': zod, 'node_modules/swc-win32': otherPlatform }));
    mkdirSync(join(project, dirname(script)), { recursive: true });
    copyFileSync(new URL(`../../../${script}`, import.meta.url), join(project, script));
  });

  afterEach(() => {
    rmSync(project, { recursive: true });
  });

  it('does nothing when the installed packages are those of the lock file', () => {
    pretendInstalled({ 'node_modules/zod': zod });
    expect(runScript('throw new Error("not needed")')).toEqual({ status: 0, output: '' });
  });

  it('installs, developers’ packages included, when node_modules is missing', () => {
    const { status, output } = runScript(installingNpm);
    expect(status).toBe(0);
    expect(output).toContain('node_modules is missing');
    expect(readFileSync(join(project, 'asked'), 'utf8')).toMatch(/^ci .*--include=dev/);
  });

  it('installs when one package has another version than the lock file says', () => {
    pretendInstalled({ 'node_modules/zod': { version: '4.0.0' } });
    const { status, output } = runScript(installingNpm);
    expect(status).toBe(0);
    expect(output).toContain('differs from the lock: node_modules/zod');
  });

  it('installs when the packages came without Node 24, as after --ignore-scripts', () => {
    pretendInstalled({ 'node_modules/zod': zod });
    rmSync(join(project, 'node_modules/node'), { recursive: true });
    const { status, output } = runScript(installingNpm);
    expect(status).toBe(0);
    expect(output).toContain('Node 24 is missing');
  });

  it('refuses when npm ends well but leaves packages out', () => {
    const { status, output } = runScript('');
    expect(status).toBe(1);
    expect(output).toContain('ignore-scripts');
  });

  it.each([
    ['getaddrinfo ENOTFOUND registry', 'registry cannot be reached'],
    ['npm error code EUSAGE', 'disagree'],
    ['ENOSPC: no space left on device', 'disk is full'],
    ['EACCES: permission denied', 'not writable'],
    ['npm error code ETARGET', 'pinned version'],
    ['something new', 'messages of npm above'],
  ])('names the likely cause when npm ends with "%s"', (complaint, cause) => {
    const { status, output } = runScript(`console.error(${JSON.stringify(complaint)}); process.exitCode = 7;`);
    expect(status).toBe(1);
    expect(output).toContain(complaint);
    expect(output).toContain('Không cài được các gói cần thiết.');
    expect(output).toContain(cause);
  });

  it('waits while another command installs, and finds its work done', async () => {
    write('npm.cjs', 'throw new Error("the other command installed")');
    write('.installing', String(process.pid));
    const waiting = spawn(process.execPath, [script], { cwd: project, env: environment() });
    const told: unknown[] = await once(waiting.stderr.setEncoding('utf8'), 'data');
    expect(String(told[0])).toContain('Another command is installing');

    pretendInstalled({ 'node_modules/zod': zod });
    rmSync(join(project, '.installing'));

    expect(await once(waiting, 'exit')).toEqual([0, null]);
  });

  it('takes over from a command that was killed while it installed', () => {
    const { pid: ended } = spawnSync(process.execPath, ['--version']);
    write('.installing', String(ended));
    expect(runScript(installingNpm).status).toBe(0);
    expect(existsSync(join(project, '.installing'))).toBe(false);
  });

  /** Runs the script with `npmSource` in the place of npm. */
  function runScript(npmSource: string) {
    write('npm.cjs', npmSource);
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
      cwd: project,
      encoding: 'utf8',
      env: environment(),
    });
    return { status, output: stdout + stderr };
  }

  function environment() {
    return { ...process.env, npm_execpath: join(project, 'npm.cjs') };
  }

  function pretendInstalled(packages: object) {
    mkdirSync(join(project, 'node_modules/node/bin'), { recursive: true });
    write('node_modules/.package-lock.json', lock(packages));
  }

  function write(file: string, text: string) {
    writeFileSync(join(project, file), text);
  }
});

function lock(packages: object): string {
  return JSON.stringify({ lockfileVersion: 3, packages });
}
