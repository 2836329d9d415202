import type { Instant } from '#schemas/ids.ts';
import { vietnamTimeOf } from '#shared/domain/calendar.ts';
import type { Charge } from '#shared/domain/charge.ts';
import type { HttpAnswer } from '../http-messages.ts';
import { readJsonBody } from '../json-literals.ts';
import { jsonAnswer } from '../json-messages.ts';
import { faultsOf } from '../message-faults.ts';
import { billOf } from './bill.ts';
import { feeInquirySchema } from './messages.ts';
import { inquiryCodes } from './protocol.ts';
import type { DvcqgAccount } from './settings.ts';

export type FeeInquiry =
  | { readonly ok: true; readonly dossierCode: string }
  | { readonly ok: false; readonly why: string };

/** Which dossier the portal asks about (§4.4). Nothing proves who asks: the answer must not leave the portal's network. */
export function readFeeInquiry(body: Uint8Array): FeeInquiry {
  const json = readJsonBody(body);
  if (!json.ok) return json;
  const inquiry = feeInquirySchema.safeParse(json.value);
  return inquiry.success ? { ok: true, dossierCode: inquiry.data.MaHoSo } : { ok: false, why: faultsOf(inquiry.error) };
}

/** What we know of a dossier's fees. */
export type FeeFinding =
  | {
      readonly kind: 'owed';
      readonly charge: Charge;
      /** Our reference for the payment that the portal may then make. */
      readonly transactionId: string;
    }
  | { readonly kind: 'nothing-owed' }
  /** No such dossier, or a fault of ours. */
  | { readonly kind: 'failed' };

/** The answer to a fee inquiry (§4.4): the bill of INIT with a look-up code, or an empty list. */
export function answerFeeInquiry(finding: FeeFinding, at: Instant, account: DvcqgAccount): HttpAnswer {
  return jsonAnswer(200, { error_code: inquiryCodes[finding.kind], message: contentOf(finding, at, account) });
}

function contentOf(finding: FeeFinding, at: Instant, { settings, secrets }: DvcqgAccount): unknown {
  if (finding.kind !== 'owed') return [];
  const { charge, transactionId } = finding;
  return {
    ...billOf([charge], `Nop phi ho so ${charge.dossierCode}`, settings),
    MaTraCuuTT: charge.dossierCode + vietnamTimeOf(at),
    transaction_id: transactionId,
    client_id: secrets[0].maDoiTac,
  };
}
