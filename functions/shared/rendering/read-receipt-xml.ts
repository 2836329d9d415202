import type { ReceiptKind } from '#schemas/receipt.ts';
import { gatewayField, kindCodes } from './receipt-xml.ts';
import { childOf, childrenOf, textOf, type XmlElement } from './xml-tree.ts';

/** What a receipt's XML says, read back. Its texts stand as in the file, and nothing is believed yet. */
export interface ReceiptFacts {
  readonly template: string;
  readonly series: string;
  readonly number: number;
  readonly issuedOn: string;
  readonly method: string;
  readonly lookupCode: string;
  readonly dossierCode: string;
  readonly procedureCode: string | undefined;
  readonly replaces: RelatedFacts | undefined;
  /** Who delegated the collection to the collector. */
  readonly delegator: PartyFacts | undefined;
  readonly collector: CollectorFacts;
  readonly payer: PartyFacts;
  readonly lines: readonly LineFacts[];
  readonly sumVnd: number;
  readonly reductionVnd: number;
  readonly totalVnd: number;
  readonly totalInWords: string;
  readonly payment: PaymentFacts | undefined;
  /** Outside the signed part: an address to show, and no proof of anything. */
  readonly lookupUrl: string | undefined;
}

export interface RelatedFacts {
  readonly template: string;
  readonly series: string;
  readonly number: number;
  readonly issuedOn: string;
  readonly reason: string;
}

export interface PartyFacts {
  readonly name: string;
  readonly taxCode: string | undefined;
  readonly address: string | undefined;
}

export interface CollectorFacts extends PartyFacts {
  readonly phone: string | undefined;
  readonly account: string | undefined;
  readonly bank: string | undefined;
  readonly agencyCode: string | undefined;
}

export interface LineFacts {
  readonly ordinal: number;
  readonly kind: ReceiptKind;
  readonly feeCode: string | undefined;
  readonly name: string;
  readonly budgetCode: string | undefined;
  readonly unit: string | undefined;
  readonly quantity: number | undefined;
  readonly unitPriceVnd: number | undefined;
  readonly amountVnd: number;
}

export interface PaymentFacts {
  readonly reference: string;
  readonly transactionId: string | undefined;
  /** By the clock in Vietnam, without an offset. */
  readonly at: string;
  readonly gateway: string | undefined;
}

/** Reads a `BLai` that has passed its schema, which has made sure that what is demanded is there. */
export function readReceiptXml(root: XmlElement): ReceiptFacts {
  const data = childOf(root, 'DLBLai');
  const general = childOf(data, 'TTChung');
  const content = childOf(data, 'NDBLai');
  const totals = childOf(content, 'TToan');
  return {
    template: demanded(general, 'KHMSBLai'),
    series: demanded(general, 'KHBLai'),
    number: numberOf(general, 'SBLai') ?? 0,
    issuedOn: demanded(general, 'NLap'),
    method: demanded(general, 'HTTToan'),
    lookupCode: demanded(general, 'MTCuu'),
    dossierCode: demanded(general, 'MHSo'),
    procedureCode: textOf(general, 'MTTHC'),
    replaces: relatedOf(childOf(general, 'TTBLLQuan')),
    delegator: delegatorOf(childOf(content, 'TCUNhiem')),
    collector: collectorOf(childOf(content, 'TCThu')),
    payer: partyOf(childOf(content, 'NNop')),
    lines: childrenOf(childOf(content, 'DSKThu'), 'KThu').map(lineOf),
    sumVnd: numberOf(totals, 'TgTien') ?? 0,
    reductionVnd: numberOf(totals, 'TgTMGiam') ?? 0,
    totalVnd: numberOf(totals, 'TgTTTBSo') ?? 0,
    totalInWords: demanded(totals, 'TgTTTBChu'),
    payment: paymentOf(childOf(content, 'TTGDich'), childOf(data, 'TTKhac')),
    lookupUrl: textOf(root, 'DLQRCode'),
  };
}

function relatedOf(element: XmlElement | undefined): RelatedFacts | undefined {
  if (element === undefined) return undefined;
  return {
    template: demanded(element, 'KHMSBLCLQuan'),
    series: demanded(element, 'KHBLCLQuan'),
    number: numberOf(element, 'SBLCLQuan') ?? 0,
    issuedOn: demanded(element, 'NLBLCLQuan'),
    reason: demanded(element, 'GChu'),
  };
}

function partyOf(element: XmlElement | undefined): PartyFacts {
  return { name: demanded(element, 'Ten'), taxCode: textOf(element, 'MST'), address: textOf(element, 'DChi') };
}

function delegatorOf(element: XmlElement | undefined): PartyFacts | undefined {
  return element === undefined ? undefined : partyOf(element);
}

function collectorOf(element: XmlElement | undefined): CollectorFacts {
  return {
    ...partyOf(element),
    phone: textOf(element, 'SDThoai'),
    account: textOf(element, 'STKNHang'),
    bank: textOf(element, 'TNHang'),
    agencyCode: textOf(element, 'MDDinhDanh'),
  };
}

function lineOf(element: XmlElement): LineFacts {
  return {
    ordinal: numberOf(element, 'STT') ?? 0,
    kind: textOf(element, 'TLKThu') === kindCodes.phi ? 'phi' : 'le-phi',
    feeCode: textOf(element, 'MKThu'),
    name: demanded(element, 'Ten'),
    budgetCode: textOf(element, 'NDKTe'),
    unit: textOf(element, 'DVTinh'),
    quantity: numberOf(element, 'SLuong'),
    unitPriceVnd: numberOf(element, 'DGia'),
    amountVnd: numberOf(element, 'TTien') ?? 0,
  };
}

function paymentOf(element: XmlElement | undefined, extension: XmlElement | undefined): PaymentFacts | undefined {
  if (element === undefined) return undefined;
  const field = childrenOf(extension, 'TTin').find((each) => textOf(each, 'TTruong') === gatewayField);
  return {
    reference: demanded(element, 'MTChieu'),
    transactionId: textOf(element, 'MGDich'),
    at: demanded(element, 'TDGDich'),
    gateway: textOf(field, 'DLieu'),
  };
}

function demanded(element: XmlElement | undefined, name: string): string {
  return textOf(element, name) ?? '';
}

/** The schema lets nothing pass but whole numbers of at most 15 digits, which are exact. */
function numberOf(element: XmlElement | undefined, name: string): number | undefined {
  const text = textOf(element, name);
  return text === undefined ? undefined : Number(text);
}
