import { Logger } from '@aws-lambda-powertools/logger';
import { type LogNews, logCatalogue } from '#shared/domain/log-catalogue.ts';

const logger = new Logger();

/** Writes one line of the catalogue. */
export const logNews: LogNews = (code, facts = {}, error) => {
  const [level, sentence] = logCatalogue[code];
  logger[level](sentence, { code, ...facts, ...(error === undefined ? {} : { fault: faultOf(error) }) });
};

/** Name and message of an error; its stack only where it is ours, since libraries put inputs into theirs. */
function faultOf(error: unknown): { name: string; message: string } {
  if (error instanceof Error) return { name: error.name, message: error.message.slice(0, 500) };
  return { name: 'NotAnError', message: typeof error };
}
