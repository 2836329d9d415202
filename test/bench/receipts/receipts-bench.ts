import type { ReceiptContent } from '#schemas/receipt.ts';
import type { Bench, Figure, Report } from '../harness/bench.ts';
import { type Contender, runRace } from '../harness/race.ts';
import type { Drawing } from './drawing.ts';
import { naivePdfkit } from './naive-pdfkit.ts';
import { nextReceipts } from './next-receipts.ts';
import { makeReceiptSteps, oursWith, type ReceiptSteps } from './ours.ts';
import { withJsPdf } from './with-jspdf.ts';
import { withPdfmake } from './with-pdfmake.ts';
import { withReactPdf } from './with-react-pdf.ts';

const measures = { 'receipts of a core': '/s' } as const;
const course = { bench: 'receipts', measures, rounds: 9, warmUps: 2 } as const;
const receiptsPerRound = 30;

export const receiptsBench: Bench = {
  name: 'receipts',
  what:
    'receipts per second of processor time, without numbering: the page drawn by ours and by others (to reach: 3 times ' +
    'naive pdfkit, ahead of pdfmake, jsPDF and react-pdf), and our steps (to reach: 300/s for both signatures)',
  run: async (report) => {
    const [receipt] = nextReceipts(1);
    const steps = makeReceiptSteps(receipt.collector);
    const signedXml = await steps.signXml(receipt);
    const page = await steps.render(receipt, signedXml);
    return [
      ...(await raceDrawings(oursWith(steps, signedXml), report)),
      ...(await measureSteps(steps, { signedXml, page }, report)),
    ];
  },
};

/** Ours carries tags, metadata of PDF/A, the XML and the place of the signature; the others only the page. */
async function raceDrawings(ours: Drawing, report: Report): Promise<readonly Figure[]> {
  const contenders = [ours, naivePdfkit, withPdfmake, withJsPdf, withReactPdf].map(({ name, draw }) =>
    contender(`page, ${name}`, draw),
  );
  const peers = contenders.slice(1).map(({ name }) => name);
  return (await runRace({ ...course, contenders, floors: peers }, report)).map(forgetOtherFloors);
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
): Promise<readonly Figure[]> {
  const contenders = [
    contender('XML written and signed', steps.signXml),
    contender('page rendered', (content) => steps.render(content, signedXml)),
    contender('page signed', () => steps.signPdf(page)),
    contender('both signatures', async (content) => {
      await steps.signXml(content);
      return steps.signPdf(page);
    }),
    contender('whole receipt', async (content) =>
      steps.signPdf(await steps.render(content, await steps.signXml(content))),
    ),
  ];
  return runRace({ ...course, contenders, floors: [] }, report);
}

function contender(name: string, make: (content: ReceiptContent) => Promise<Uint8Array>): Contender<typeof measures> {
  return {
    name,
    measure: async () => {
      const receipts = nextReceipts(receiptsPerRound);
      const before = process.cpuUsage();
      for (const receipt of receipts) await make(receipt);
      const { user, system } = process.cpuUsage(before);
      return { 'receipts of a core': (receipts.length * 1_000_000) / (user + system) };
    },
  };
}
