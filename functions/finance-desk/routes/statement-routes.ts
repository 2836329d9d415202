import * as z from 'zod/mini';
import { statementUploadRequestSchema } from '#schemas/statement-upload.ts';
import { asJson, asRefusal, type StaffRoute, staffRoute } from '#shared/domain/staff-route.ts';
import { type AnnouncingNeeds, announceStatement } from '../announce-statement.ts';
import { dayAddressSchema, dayPath } from './day-routes.ts';

/** The way of statements into the store; what becomes of them, their day shows. */
export function statementRoutes(needs: AnnouncingNeeds): readonly StaffRoute[] {
  return [
    staffRoute({
      method: 'POST',
      path: `${dayPath}/statements`,
      action: 'statement:upload',
      takes: z.object({ parameters: dayAddressSchema, body: statementUploadRequestSchema }),
      answer: async ({ parameters, body }) => {
        const announcement = await announceStatement(parameters, body, needs);
        return announcement.kind === 'done'
          ? asJson(announcement.upload)
          : asRefusal(announcement, ['unknown-account']);
      },
    }),
  ];
}
