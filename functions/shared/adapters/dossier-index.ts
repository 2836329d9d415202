import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type PaymentId, paymentIdSchema } from '#schemas/ids.ts';
import type { DossierIndex } from '#shared/domain/dossier-index.ts';
import type { Table } from './dynamo.ts';
import { dossierKeyOf, indexes } from './payment-items.ts';

const rowSchema = z.object({ paymentId: paymentIdSchema });

export function makeDossierIndex(table: Table): DossierIndex {
  return {
    async findPayments(dossierCode) {
      const pages = paginateQuery(
        { client: table.client },
        {
          TableName: table.name,
          IndexName: indexes.chargesByDossier,
          KeyConditionExpression: 'dossierKey = :dossier',
          ExpressionAttributeValues: { ':dossier': dossierKeyOf(dossierCode) },
          ProjectionExpression: 'paymentId',
          ScanIndexForward: false,
        },
      );
      // A payment may hold several debts of one dossier.
      const found = new Set<PaymentId>();
      for await (const { Items: items = [] } of pages) {
        for (const { paymentId } of z.array(rowSchema).parse(items)) found.add(paymentId);
      }
      return [...found];
    },
  };
}
