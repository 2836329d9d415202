import { businessDateSchema, type Instant, type UnitCode } from '#schemas/ids.ts';
import { type ReceiptContent, receiptContentSchema } from '#schemas/receipt.ts';
import { instantOfVietnamTime } from '#shared/domain/calendar.ts';
import { receiptRulesOn } from '#shared/domain/rule-profile.ts';
import type { LineFacts, ReceiptFacts } from './read-receipt-xml.ts';

/** What a receipt's XML does not carry, or carries in its signature only. */
export interface BesideTheXml {
  readonly signedAt: Instant;
  readonly unitCode: UnitCode;
  readonly rendererVersion: string;
}

/**
 * The frozen content that a receipt was written from: the way back of renderReceiptXml. Only fractions of a second are
 * gone, which nothing prints. Whether it is the same receipt, its writer proves: it must give the same bytes.
 * @throws $ZodError when the XML lacks what our receipts have
 */
export function recoverContent(facts: ReceiptFacts, beside: BesideTheXml): ReceiptContent {
  const { collector, delegator, payer, payment, lines } = facts;
  const content: Record<keyof ReceiptContent, unknown> = {
    profile: receiptRulesOn(businessDateSchema.parse(facts.issuedOn)).profile,
    template: facts.template,
    series: facts.series,
    number: facts.number,
    issuedOn: facts.issuedOn,
    replaces: facts.replaces,
    kind: lines[0]?.kind,
    collector: withoutGaps({
      ...collector,
      unitCode: beside.unitCode,
      delegator: delegator && { name: delegator.name, taxCode: delegator.taxCode },
    }),
    payer: withoutGaps({ ...payer }),
    lines: lines.map(lineOf),
    totalVnd: facts.totalVnd,
    totalInWords: facts.totalInWords,
    method: facts.method,
    paymentId: payment?.reference,
    gateway: payment?.gateway,
    transactionId: payment?.transactionId ?? null,
    paidAt: instantOfVietnamTime((payment?.at ?? '').replaceAll(/\D/g, '')),
    dossierCode: facts.dossierCode,
    procedureCode: facts.procedureCode,
    lookupCode: facts.lookupCode,
    lookupUrl: facts.lookupUrl,
    signingTime: beside.signedAt,
    rendererVersion: beside.rendererVersion,
  };
  return receiptContentSchema.parse(content);
}

function lineOf({ kind: _kind, ...line }: LineFacts) {
  return withoutGaps({ ...line });
}

/** Absent stays absent, as it was frozen. */
function withoutGaps(part: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
}

/** Which renderer drew a page of ours, as its file says in plain letters; nothing when it does not. */
export function readRendererVersion(page: Uint8Array): string | undefined {
  const [, version] = /<xmp:CreatorTool>bien-lai (\w{1,20})</.exec(new TextDecoder('latin1').decode(page)) ?? [];
  return version;
}
