/**
 * Draws `payment-states.md` from the transition table. `node docs/draw-payment-states.ts` writes the page, with
 * `--check` it compares and exits 1 on a difference.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import {
  attemptOutcomes,
  holdsClaims,
  outcomeTransitions,
  paymentEvents,
  paymentStates,
  stateAfter,
} from '#shared/domain/states.ts';

const page = new URL('payment-states.md', import.meta.url);

const meanings = {
  open: 'được chờ nộp: tiền chưa về',
  paid: 'đã nộp: tiền đúng số đã được xác minh',
  expired: 'hết hạn: các khoản nợ được trả lại cho hồ sơ',
  cancelled: 'đã hủy theo yêu cầu của hệ thống hồ sơ',
  waived: 'không phải nộp: tổng số tiền là 0 đ',
} as const;

export function drawPaymentStates(): string {
  const moves = paymentStates.flatMap((state) =>
    paymentEvents.flatMap((event) => {
      const next = stateAfter(state, event);
      return next === undefined ? [] : [`    ${state} --> ${next}: ${event}`];
    }),
  );
  const final = paymentStates.filter((state) => paymentEvents.every((event) => stateAfter(state, event) === undefined));
  const outcomes = Object.entries(outcomeTransitions).flatMap(([news, from]) =>
    from.filter((outcome) => outcome !== news).map((outcome) => `    ${outcome} --> ${news}: ${news}`),
  );
  return `# Trạng thái thanh toán (payment states)

Drawn from \`functions/shared/domain/states.ts\` by \`npm run generate\`; a test compares the two. What an arrow does
not show is refused: news that would lead elsewhere is recorded, and money that settles nothing is kept beside the
payment with an owner.

\`\`\`mermaid
stateDiagram-v2
    [*] --> open: create
    [*] --> waived: create with nothing to pay
${moves.join('\n')}
${final.map((state) => `    ${state} --> [*]`).join('\n')}
\`\`\`

| state | nghĩa | holds the claims on its debts | ${paymentEvents.join(' | ')} |
|---|---|---|${paymentEvents.map(() => '---').join('|')}|
${paymentStates
  .map((state) => {
    const cells = paymentEvents.map((event) => stateAfter(state, event) ?? '–');
    return `| \`${state}\` | ${meanings[state]} | ${holdsClaims(state) ? 'yes' : 'no'} | ${cells.join(' | ')} |`;
  })
  .join('\n')}

## Outcomes of an attempt

An attempt has its own outcome, whatever the payment's state: ${attemptOutcomes.map((outcome) => `\`${outcome}\``).join(', ')}. A success
never needs the attempt to be open.

\`\`\`mermaid
stateDiagram-v2
    [*] --> started: open attempt
${outcomes.join('\n')}
\`\`\`
`;
}

function run(check: boolean): void {
  const drawn = drawPaymentStates();
  if (!check) {
    writeFileSync(page, drawn);
  } else if (readFileSync(page, 'utf8') !== drawn) {
    console.error('docs/payment-states.md is outdated: the transition table changed.');
    process.exitCode = 1;
  }
}

if (import.meta.main) run(process.argv.includes('--check'));
