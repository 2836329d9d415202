import type { ReceiptContent } from '#schemas/receipt.ts';
import type { Bench, Extent, Figure, Report } from '../harness/bench.ts';
import { type Contender, runRace } from '../harness/race.ts';
import { type Drawing, qrTextOf } from './drawing.ts';
import { naivePdfkit } from './naive-pdfkit.ts';
import { nextReceipts } from './next-receipts.ts';
import { makeReceiptSteps, oursWith, type ReceiptSteps } from './ours.ts';
import { withJsPdf } from './with-jspdf.ts';
import { withPdfmake } from './with-pdfmake.ts';
import { withReactPdf } from './with-react-pdf.ts';

const measures = { 'receipts of a core': '/s' } as const;
const course = { bench: 'receipts', measures, rounds: 9, warmUps: 2 } as const;
const receiptsPerRound = { full: 30, brief: 1 };

export const receiptsBench: Bench = {
  name: 'receipts',
  what:
    'receipts per second of processor time, without numbering: the page drawn by ours and by others (to reach: 3 times ' +
    'naive pdfkit, ahead of pdfmake, jsPDF and react-pdf), and our steps (to reach: 300/s for the signatures of XML and page)',
  run: async (report, extent) => {
    const [receipt] = nextReceipts(1);
    const steps = makeReceiptSteps(receipt.collector);
    const signedXml = await steps.signXml(receipt);
    const page = await steps.render(receipt, signedXml, qrTextOf(receipt));
    return [
      ...(await raceDrawings(oursWith(steps, signedXml), report, extent)),
      ...(await measureSteps(steps, { signedXml, page }, report, extent)),
    ];
  },
};

/** Ours carries tags, metadata of PDF/A, the XML and the place of the signature; the others only the page. */
async function raceDrawings(ours: Drawing, report: Report, extent: Extent): Promise<readonly Figure[]> {
  const contenders = [ours, naivePdfkit, withPdfmake, withJsPdf, withReactPdf].map(({ name, draw }) =>
    contender(`page, ${name}`, draw, extent),
  );
  const peers = contenders.slice(1).map(({ name }) => name);
  return (await runRace({ ...course, contenders, floors: peers }, report, extent)).map(forgetOtherFloors);
}

/** A floor of the race is compared with nothing, and ours with each. */
function forgetOtherFloors(figure: Figure): Figure {
  const ratios = Object.entries(figure.ratioTo).map(([floor, ratio]) => [floor.replace(/^page, /, ''), ratio] as const);
  return { ...figure, ratioTo: Object.fromEntries(ratios) };
}

async function measureSteps(
  steps: ReceiptSteps,
  { signedXml, page }: { readonly signedXml: Uint8Array; readonly page: Uint8Array },
  report: Report,
  extent: Extent,
): Promise<readonly Figure[]> {
  const step = (name: string, make: (content: ReceiptContent) => Promise<unknown>) => contender(name, make, extent);
  const contenders = [
    step('XML written and signed', steps.signXml),
    step('claim signed', (content) => steps.claim(content, signedXml)),
    step('page rendered', (content) => steps.render(content, signedXml, qrTextOf(content))),
    step('page signed', () => steps.signPdf(page)),
    step('XML and page signed', async (content) => {
      await steps.signXml(content);
      return steps.signPdf(page);
    }),
    step('all three signatures', async (content) => {
      await steps.claim(content, await steps.signXml(content));
      return steps.signPdf(page);
    }),
    step('whole receipt', (content) => makeWhole(steps, content)),
  ];
  return runRace({ ...course, contenders, floors: [] }, report, extent);
}

async function makeWhole(steps: ReceiptSteps, content: ReceiptContent): Promise<Uint8Array> {
  const signedXml = await steps.signXml(content);
  return steps.signPdf(await steps.render(content, signedXml, await steps.claim(content, signedXml)));
}

function contender(
  name: string,
  make: (content: ReceiptContent) => Promise<unknown>,
  extent: Extent,
): Contender<typeof measures> {
  return {
    name,
    measure: async () => {
      const receipts = nextReceipts(receiptsPerRound[extent]);
      const before = process.cpuUsage();
      for (const receipt of receipts) await make(receipt);
      const { user, system } = process.cpuUsage(before);
      return { 'receipts of a core': (receipts.length * 1_000_000) / (user + system) };
    },
  };
}
