import {
  type BusinessDate,
  type ChargeNumber,
  chargeNumberSchema,
  type Instant,
  type PaymentId,
} from '#schemas/ids.ts';
import { largestPaymentVnd, sumOfAmounts } from '#schemas/money.ts';
import type { ChargeRequest, FeeLine, PaymentRequest } from '#schemas/payment-request.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import type { Charge, ChargedFee } from '#shared/domain/charge.ts';
import { type CollectingUnit, findUnit } from '#shared/domain/collecting-unit.ts';
import { readDossierCode } from '#shared/domain/dossier-code.ts';
import { type FeeRow, findFee, isPriceOf, priceOf } from '#shared/domain/fee-catalogue.ts';
import type { Payment } from '#shared/domain/payment.ts';
import { findUnprintable, nameCharacter } from '#shared/domain/printable-text.ts';

/** A field that cannot be accepted, by its path in the request body. */
export interface FieldFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export interface PlanContext {
  readonly paymentId: PaymentId;
  readonly client: string;
  readonly now: Instant;
  readonly units: readonly CollectingUnit[];
  readonly fees: readonly FeeRow[];
  /** Root of the agency codes whose dossiers this deployment serves, `H49` for Quảng Ninh. */
  readonly province: string;
}

export type PaymentPlan =
  | { readonly ok: true; readonly payment: Payment; readonly charges: readonly Charge[] }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

/** A payment longer open than this is a mistake in the date rather than a wish. */
const longestDays = 366;

/** Turns a request into a payment and its charges, or names every field that stands in the way. */
export function planPayment(request: PaymentRequest, context: PlanContext): PaymentPlan {
  const faults: FieldFault[] = [...faultsOfExpiry(request.expiresAt, context.now), ...faultsOfRepeatedDebts(request)];
  const total = request.charges.flatMap(({ feeLines }) => feeLines).reduce((sum, line) => sum + line.amountVnd, 0);
  if (total > largestPaymentVnd) {
    const message = `come to ${total} đồng together; gateways carry at most ${largestPaymentVnd} in one payment`;
    return { ok: false, faults: [...faults, { path: ['charges'], message }] };
  }
  const charges = request.charges.map((charge, index) => planCharge(charge, index, context, faults));
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, payment: planned(request, charges, context), charges };
}

function planned(request: PaymentRequest, charges: readonly Charge[], context: PlanContext): Payment {
  const amountVnd = sumOfAmounts(charges.map((charge) => charge.amountVnd));
  // Nothing to pay is an end state of its own: no gateway takes 0 đ, and no receipt is made for it (fees spec §4.3).
  const state = amountVnd === 0 ? 'waived' : 'open';
  return {
    paymentId: context.paymentId,
    state,
    amountVnd,
    client: context.client,
    reference: request.reference,
    claims: charges.map(({ dossierCode, debtId }) => ({ dossierCode, debtId })),
    attempts: {},
    createdAt: context.now,
    expiresAt: request.expiresAt,
    dueAt: state === 'open' ? request.expiresAt : context.now,
    history: { [state]: { at: context.now } },
    version: 1,
  };
}

function planCharge(request: ChargeRequest, index: number, context: PlanContext, faults: FieldFault[]): Charge {
  const today = businessDateOf(context.now);
  const dossier = readDossierCode(request.dossierCode, { today, province: context.province });
  if (!dossier.ok) {
    faults.push({ path: ['charges', index, 'dossierCode'], message: `is not acceptable: ${dossier.reason}` });
  }
  faults.push(...faultsOfPayer(request, index));
  const feeDate = dossier.ok ? dossier.date : today;
  const feeLines = request.feeLines.flatMap((line, position) => {
    const finding = chargeFee(line, { feeDate, today, ...context });
    if (finding.ok) return [finding.fee];
    const path = ['charges', index, 'feeLines', position, finding.field];
    faults.push({ path, message: finding.message });
    return [];
  });
  return {
    paymentId: context.paymentId,
    chargeNumber: chargeNumber(index),
    dossierCode: request.dossierCode,
    procedureCode: request.procedureCode,
    debtId: request.debtId,
    payer: request.payer,
    feeLines,
    amountVnd: sumOfAmounts(feeLines.map((fee) => fee.amountVnd)),
    createdAt: context.now,
  };
}

type FeeFinding =
  | { readonly ok: true; readonly fee: ChargedFee }
  | { readonly ok: false; readonly field: keyof FeeLine; readonly message: string };

/** The fee as the catalogue has it on the day the dossier was received; a fixed price must agree. */
function chargeFee(
  line: FeeLine,
  context: PlanContext & { readonly feeDate: BusinessDate; readonly today: BusinessDate },
): FeeFinding {
  const unit = findUnit(context.units, line.unitCode, context.today);
  if (unit.kind === 'unknown') {
    return {
      ok: false,
      field: 'unitCode',
      message: 'is no collecting unit of the registry; units are found by code, never by name',
    };
  }
  if (unit.kind === 'not-valid') {
    const hint = unit.successor === undefined ? '' : `; since then ${unit.successor} collects`;
    return { ok: false, field: 'unitCode', message: `does not collect today${hint}` };
  }
  const fee = findFee(context.fees, line.feeCode, context.feeDate);
  if (fee.kind !== 'found') {
    const message =
      fee.kind === 'unknown'
        ? 'is not in the fee catalogue'
        : `was not in force on ${context.feeDate}, when the dossier was received`;
    return { ok: false, field: 'feeCode', message };
  }
  const price = priceOf(fee.row, line.quantity, context.feeDate);
  if (!isPriceOf(line.amountVnd, price)) {
    const right = price.kind === 'fixed' ? price.amountsVnd.join(' or ') : '';
    return {
      ok: false,
      field: 'amountVnd',
      message: `must be ${right}: the catalogue’s price of ${line.feeCode} times ${line.quantity}`,
    };
  }
  return { ok: true, fee: chargedFee(line, fee.row) };
}

function chargedFee(line: FeeLine, row: FeeRow): ChargedFee {
  return {
    unitCode: line.unitCode,
    feeCode: line.feeCode,
    name: row.feeName,
    kind: row.kind,
    receipt: row.receipt,
    unit: row.unit,
    budgetCode: row.ndkt,
    quantity: line.quantity,
    amountVnd: line.amountVnd,
    catalogueVersion: row.version,
  };
}

function faultsOfExpiry(expiresAt: Instant, now: Instant): readonly FieldFault[] {
  const days = (Date.parse(expiresAt) - Date.parse(now)) / 86_400_000;
  if (days <= 0) return [{ path: ['expiresAt'], message: `has passed: it is ${now}` }];
  if (days > longestDays)
    return [{ path: ['expiresAt'], message: `is more than ${longestDays} days away: is the year right?` }];
  return [];
}

/** What cannot be printed cannot be receipted: better refused now than after the money has come. */
function faultsOfPayer({ payer }: ChargeRequest, index: number): readonly FieldFault[] {
  const texts = [
    ['name', payer.name],
    ['address', payer.address ?? ''],
  ] as const;
  return texts.flatMap(([field, text]) => {
    const character = findUnprintable(text);
    if (character === undefined) return [];
    const message = `holds ${nameCharacter(character)}, which a receipt cannot print; write it in Latin letters`;
    return [{ path: ['charges', index, 'payer', field], message }];
  });
}

function faultsOfRepeatedDebts(request: PaymentRequest): readonly FieldFault[] {
  const seen = new Set<string>();
  return request.charges.flatMap(({ dossierCode, debtId }, index) => {
    const debt = `${dossierCode}#${debtId}`;
    if (!seen.has(debt)) {
      seen.add(debt);
      return [];
    }
    return [
      { path: ['charges', index, 'debtId'], message: 'names a debt of this dossier that an earlier charge names too' },
    ];
  });
}

function chargeNumber(index: number): ChargeNumber {
  return chargeNumberSchema.parse(String(index + 1).padStart(2, '0'));
}
