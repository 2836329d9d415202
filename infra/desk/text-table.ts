/** A table for a terminal: columns as wide as their widest text, two spaces between them. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((text, column) => Math.max(widest[column] ?? 0, widthOf(text))),
    [],
  );
  return rows
    .map((row) =>
      row
        .map((text, column) => pad(text, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(width - widthOf(text));
}

/** A Vietnamese letter counts once, however many marks it is written with. */
function widthOf(text: string): number {
  return text.normalize('NFC').length;
}
