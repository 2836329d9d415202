import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { loadUnits } from '#config/units.ts';
import { type ChasePagesNeeds, chasePages } from '#functions/chase-payments/chase-pages.ts';
import { closeDay } from '#functions/finance-desk/close-day.ts';
import { type ProofPrintingNeeds, printProof } from '#functions/finance-desk/print-proof.ts';
import { unitCodeSchema } from '#schemas/ids.ts';
import { makeBalancePageLedger } from '#shared/adapters/balance-page-ledger.ts';
import { makeReceiptArchive, retentions } from '#shared/adapters/receipt-archive.ts';
import type { LogCode, LogFacts } from '#shared/domain/log-catalogue.ts';
import type { ReceiptArchive } from '#shared/domain/ports.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { type PageSigningNeeds, signBalancePage } from '#shared/processes/sign-balance-page.ts';
import { spareSilentSigners } from '#shared/processes/spare-silent-signers.ts';
import { renderProofPage } from '#shared/rendering/proof-page.ts';
import { loadReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import { makeBalancePages } from '#shared/signing/balance-pages.ts';
import { makeClosingScene } from './closing-scene.ts';
import { startTestQueueAndBucket } from './local-engines.ts';
import { makeRealSigning } from './real-signing.ts';
import { checker, maker } from './reconciliation-scene.ts';

/** Days that two persons close, accounts whose pages vpdkdd signs, and the sweep, on the real engines with real keys. */
export async function makePageScene() {
  const scene = await makeClosingScene();
  const engine = await startTestQueueAndBucket();
  const fonts = loadReceiptFonts();
  const { clock } = scene.needs;
  const { keys, trust } = makeRealSigning(clock);
  const accounts = scene.needs.settings.accounts.map((account) => ({
    ...account,
    signedBy: unitCodeSchema.parse('vpdkdd'),
  }));
  const settings = { ...scene.needs.settings, accounts };
  const archive = writeOnce(
    makeReceiptArchive({ bucket: { client: engine.s3, name: engine.bucketName }, retention: retentions.dev, clock }),
  );
  const told: { readonly code: LogCode; readonly facts: LogFacts }[] = [];
  const logNews = (code: LogCode, facts: LogFacts = {}) => void told.push({ code, facts });
  const ledger = makeBalancePageLedger(scene.table);
  const signing: PageSigningNeeds = {
    ledger,
    archive,
    pages: makeBalancePages({ fonts, trust }),
    keys,
    settings,
    units: loadUnits('dev'),
    clock,
    logNews,
  };
  const desk: ProofPrintingNeeds = {
    ...scene.needs,
    settings,
    archive,
    drawProofPage: (facts) => renderProofPage(facts, fonts),
  };
  return {
    ...scene,
    engine,
    told,
    ledger,
    signing,
    desk,
    /** A day that two persons have closed; its page is owed. */
    closedDay: async () => {
      const address = await scene.readyDay();
      await closeDay(address, { act: 'propose', kind: 'reconciled' }, maker, desk);
      const outcome = await closeDay(address, { act: 'approve', number: 1 }, checker, desk);
      if (outcome.kind === 'refused') throw new Error(outcome.explanation);
      return address;
    },
    /** A sweep, in which the signing may be played otherwise. */
    sweep: (change: Partial<PageSigningNeeds> = {}, own: Partial<ChasePagesNeeds> = {}) => {
      const needs = { ...signing, ...change };
      const sparing = { ...needs, keys: spareSilentSigners(needs.keys) };
      return chasePages({
        ledger,
        openSigning: () => Promise.resolve((address) => signBalancePage(address, sparing)),
        clock,
        logNews,
        remainingMilliseconds: () => 60_000,
        ...own,
      });
    },
    closeOf: async (address: DayAddress) => {
      const { close } = await scene.record(address);
      if (close === undefined) throw new Error('there is no close');
      return close;
    },
    codes: () => told.map(({ code }) => code),
    pageOf: async (address: DayAddress) => (await scene.record(address)).close?.page,
    dueAtOf: async (address: DayAddress) => (await scene.record(address)).close?.dueAt,
    print: (address: DayAddress) => printProof(address, checker, desk),
    archivedKeys: async () => {
      const { Contents: contents = [] } = await engine.s3.send(new ListObjectsV2Command({ Bucket: engine.bucketName }));
      return contents.flatMap(({ Key: key }) => key ?? []);
    },
    archived: async (key: string) => {
      const { Body: body } = await engine.s3.send(new GetObjectCommand({ Bucket: engine.bucketName, Key: key }));
      if (body === undefined) throw new Error(`no object ${key}`);
      return body.transformToByteArray();
    },
    putArchived: (key: string, bytes: Uint8Array) =>
      engine.s3.send(new PutObjectCommand({ Bucket: engine.bucketName, Key: key, Body: bytes })),
  };
}

/** The local engine writes over what is there (docs/local-vs-aws.md); S3 does not, and tells the second writer. */
function writeOnce(archive: ReceiptArchive): ReceiptArchive {
  let writing: Promise<unknown> = Promise.resolve();
  return {
    ...archive,
    store: (key, bytes, contentType) => {
      const stored = writing.then(async () => {
        const held = await archive.read(key);
        return held === undefined ? archive.store(key, bytes, contentType) : { kind: 'conflict' as const, ...held };
      });
      writing = stored.catch(() => undefined);
      return stored;
    },
  };
}

export type PageScene = Awaited<ReturnType<typeof makePageScene>>;
