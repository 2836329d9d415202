import { describe, expect, it } from '@jest/globals';
import { makeProgress } from '#infra/desk/reconcile-progress.ts';

function makeScreen(isTTY: boolean) {
  const written: string[] = [];
  return { screen: { isTTY, write: (text: string) => written.push(text) }, written };
}

describe('the progress of a reconciliation', () => {
  it('is a bar on a terminal, as long as the bytes that are done', async () => {
    const { screen, written } = makeScreen(true);
    const progress = makeProgress(screen);
    progress.expect(200);
    await progress.stage('reading ledger', 50, async () => undefined);
    progress.follow(() => 0.5);
    await progress.stage('reading statement', 100, async () => undefined);
    progress.end();
    expect(written).toEqual([
      '\r\u001B[2K░░░░░░░░░░░░░░░░░░░░░░░░   0 %  reading ledger',
      '\r\u001B[2K████████████░░░░░░░░░░░░  50 %  reading statement',
      '\r\u001B[2K',
    ]);
  });

  it('is a line for each stage elsewhere', async () => {
    const { screen, written } = makeScreen(false);
    const progress = makeProgress(screen);
    progress.expect(100);
    await progress.stage('reading', 100, async () => undefined);
    progress.end();
    expect(written).toEqual(['reading\n']);
  });

  it('hands on what a stage gives, and its fault', async () => {
    const progress = makeProgress(makeScreen(true).screen);
    expect(await progress.stage('reading', 1, async () => 7)).toBe(7);
    await expect(progress.stage('reading', 1, () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk');
    progress.end();
  });
});
