/** Tells a person at the desk what went wrong, and ends the command with 1. */
export function tellFault(fault: unknown, command: string): void {
  const message = fault instanceof Error ? fault.message : String(fault);
  const text = isMisread(fault)
    ? `Không hiểu lệnh (not understood): ${message.split('. ')[0]}. Xem cách dùng (see): npm run ${command} -- --help`
    : `Không làm được (failed): ${message}`;
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}

/** The codes of `parseArgs`. */
function isMisread(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && String(fault.code).startsWith('ERR_PARSE_ARGS');
}
