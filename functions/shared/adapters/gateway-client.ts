import { GatewaySilent } from '#shared/domain/failures.ts';
import type { SendToGateway } from '#shared/gateways/gateway.ts';

/** API Gateway gives up on us after 30 seconds: a citizen who waits must hear before. */
const patienceMilliseconds = 20_000;
/** A gateway's answer is a few hundred bytes; what is far longer is none. */
const longestAnswer = 256 * 1024;

/** Sends over HTTPS, follows no redirect and repeats nothing: whoever asks decides whether to ask again. */
export const sendToGateway: SendToGateway = async (request) => {
  try {
    const answer = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.method === 'POST' ? { body: request.body } : {}),
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMilliseconds),
    });
    const body = await answer.text();
    if (body.length > longestAnswer) throw new GatewaySilent(`the answer has ${body.length} characters`);
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body };
  } catch (error) {
    if (error instanceof GatewaySilent) throw error;
    const { host } = new URL(request.url);
    throw new GatewaySilent(`${host} gave no answer within ${patienceMilliseconds} ms; it may still have acted`, {
      cause: error,
    });
  }
};
