import { callbackBench } from './callback/callback-bench.ts';
import type { Bench } from './harness/bench.ts';
import { receiptsBench } from './receipts/receipts-bench.ts';
import { reconcileBench } from './reconcile/reconcile-bench.ts';

/** Every bench, one line each; without a name all of them run, in this order. */
export const benches: readonly Bench[] = [callbackBench, receiptsBench, reconcileBench];
