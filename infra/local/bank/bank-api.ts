import type { SentAnswer } from '#infra/local/cloud/http-answer.ts';
import type { MerchantSecrets } from '#infra/local/secrets.ts';
import type { BankBook } from './bank-book.ts';
import type { MomoAnswer } from './momo.ts';
import { answerMomoQuery } from './momo-query.ts';
import { answerVnpayQuery } from './vnpay-query.ts';

/** What our functions send requests to: answers a POST, or says `undefined` where no gateway has an interface. */
export function makeBankApi({
  book,
  secrets,
  createAtMomo,
}: {
  readonly book: BankBook;
  readonly secrets: MerchantSecrets;
  readonly createAtMomo: (body: string, book: BankBook, now: Date) => Promise<MomoAnswer>;
}): (pathname: string, body: string) => Promise<SentAnswer | undefined> {
  return async (pathname, body) => {
    switch (pathname) {
      case '/bank/vnpay/merchant_webapi/api/transaction':
        return jsonAnswer({ status: 200, body: answerVnpayQuery(body, book, secrets.vnpay) });
      case '/bank/momo/v2/gateway/api/create':
        return jsonAnswer(await createAtMomo(body, book, new Date()));
      case '/bank/momo/v2/gateway/api/query':
        return jsonAnswer(answerMomoQuery(body, book, secrets.momo));
      default:
        return undefined;
    }
  };
}

function jsonAnswer({ status, body }: MomoAnswer): SentAnswer {
  return {
    status,
    headers: [['content-type', 'application/json; charset=UTF-8']],
    body: Buffer.from(JSON.stringify(body)),
  };
}
