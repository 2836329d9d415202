import type { ReceiptContent } from '#schemas/receipt.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';
import type { Bench, Figure, Report } from '../harness/bench.ts';
import { type Contender, runRace } from '../harness/race.ts';
import { naivePdfkit } from './naive-pdfkit.ts';
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
    const { collector } = aReceiptContent();
    const steps = makeReceiptSteps(collector.taxCode, collector.name);
    return [...(await raceDrawings(steps, report)), ...(await measureSteps(steps, report))];
  },
};

/** Ours carries tags, metadata of PDF/A, the XML and the place of the signature; the others only the page. */
async function raceDrawings(steps: ReceiptSteps, report: Report): Promise<readonly Figure[]> {
  const ours = oursWith(steps, await steps.signXml(receiptOf(1)));
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

async function measureSteps(steps: ReceiptSteps, report: Report): Promise<readonly Figure[]> {
  const signedXml = await steps.signXml(receiptOf(1));
  const page = await steps.render(receiptOf(1), signedXml);
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
      const before = process.cpuUsage();
      for (let number = 1; number <= receiptsPerRound; number += 1) await make(receiptOf(number));
      const { user, system } = process.cpuUsage(before);
      return { 'receipts of a core': (receiptsPerRound * 1_000_000) / (user + system) };
    },
  };
}

const payers = ['Nguyễn Thị Ánh Tuyết', 'Trần Văn Đức', 'Đặng Hoàng Yến', 'Phạm Quốc Khánh', 'Vũ Thuỵ Vi'];
const receipts = Array.from({ length: receiptsPerRound }, (_, index) =>
  aReceiptContent({
    number: index + 1,
    payer: { name: payers[index % payers.length], address: `Tổ ${index + 1}, khu 2, phường Hồng Gai, tỉnh Quảng Ninh` },
    transactionId: String(14_422_574 + index),
  }),
);

/** Receipts differ as they do in life: by number, payer and reference. */
function receiptOf(number: number): ReceiptContent {
  return receipts[number - 1] ?? aReceiptContent({ number });
}
