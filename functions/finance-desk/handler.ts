import * as z from 'zod/mini';
import { loadMerchants } from '#config/merchants.ts';
import { loadReconciliation } from '#config/reconciliation.ts';
import { loadSeries } from '#config/series.ts';
import { loadUnits } from '#config/units.ts';
import { makeArchiveReader } from '#shared/adapters/archive-reader.ts';
import { makeDayBook } from '#shared/adapters/day-book.ts';
import { makeDocumentLinks } from '#shared/adapters/document-links.ts';
import { makeDossierIndex } from '#shared/adapters/dossier-index.ts';
import { makeDocumentClient } from '#shared/adapters/dynamo.ts';
import { makeExceptionLedger } from '#shared/adapters/exception-ledger.ts';
import { makeLedgerExportShelf } from '#shared/adapters/ledger-export-shelf.ts';
import { makeAssignmentLedger, makeOpenMoneyList } from '#shared/adapters/open-money-ledger.ts';
import { makePaymentLedger } from '#shared/adapters/payment-ledger.ts';
import { makeRegisterReader } from '#shared/adapters/register-reader.ts';
import { makeSeriesLedger } from '#shared/adapters/series-ledger.ts';
import { makeStatementUploads } from '#shared/adapters/statement-uploads.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { commonEnvironment, readEnvironment } from '#shared/runtime/env.ts';
import { pauseBeforeTry } from '#shared/runtime/pause.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import { wireProofDrawing } from '#shared/wiring/proof-printing.ts';
import { serveStaff, staffEnvironment } from '#shared/wiring/staff-serving.ts';
import { dayRoutes } from './routes/day-routes.ts';
import { deskRoutes } from './routes/desk-routes.ts';
import { exceptionRoutes } from './routes/exception-routes.ts';
import { exportRoutes } from './routes/export-routes.ts';
import { lookUpRoutes } from './routes/look-up-routes.ts';
import { moneyRoutes } from './routes/money-routes.ts';
import { proofRoutes } from './routes/proof-routes.ts';
import { reconciliationReportRoutes } from './routes/reconciliation-report-routes.ts';
import { reportRoutes } from './routes/report-routes.ts';
import { seriesRoutes } from './routes/series-routes.ts';
import { statementRoutes } from './routes/statement-routes.ts';

const environment = readEnvironment({
  ...commonEnvironment,
  ...staffEnvironment,
  FONTS_DIR: z.optional(z.string().check(z.minLength(1))),
  EVIDENCE_BUCKET: z.string().check(z.minLength(3)),
  RECEIPTS_BUCKET: z.string().check(z.minLength(3)),
  STATEMENTS_BUCKET: z.string().check(z.minLength(3)),
});
const { STAGE: stage } = environment;
const table = { client: makeDocumentClient(), name: environment.TABLE_NAME };

const books = {
  stage,
  merchants: loadMerchants(stage),
  units: loadUnits(stage),
  declaredSeries: loadSeries(stage),
  clock: systemClock,
  logNews,
};
const reconciliation = {
  ...books,
  settings: loadReconciliation(stage),
  exceptions: makeExceptionLedger(table),
  book: makeDayBook(table),
};
const register = makeRegisterReader(table);

/** Everything under `/v1/finance/` that is no refund and no correction. */
export const handler = serveStaff(environment, [
  ...deskRoutes(books),
  ...moneyRoutes({ ...books, ledger: makeAssignmentLedger(table), list: makeOpenMoneyList(table) }),
  ...exceptionRoutes(reconciliation),
  ...dayRoutes(reconciliation),
  ...statementRoutes({ ...reconciliation, uploads: makeStatementUploads(environment.STATEMENTS_BUCKET) }),
  ...seriesRoutes({ ...books, ledger: makeSeriesLedger(table) }),
  ...lookUpRoutes({
    ...books,
    register,
    payments: makePaymentLedger(table),
    dossiers: makeDossierIndex(table),
    links: makeDocumentLinks(environment.RECEIPTS_BUCKET),
  }),
  ...reconciliationReportRoutes(reconciliation),
  ...proofRoutes({
    ...reconciliation,
    archive: makeArchiveReader(environment.RECEIPTS_BUCKET),
    drawProofPage: wireProofDrawing(environment.FONTS_DIR),
  }),
  ...exportRoutes({ ...reconciliation, shelf: makeLedgerExportShelf(environment.EVIDENCE_BUCKET) }),
  ...reportRoutes({ ...books, register, pauseBeforeTry, tellProgress: () => undefined }),
]);
