import type { TextStyle } from './receipt-sheet.ts';

export const ink = '#1c2024';
export const quiet = '#5b636b';
export const hairline = '#c4c9ce';
export const shade = '#f0f2f4';

export const styles = {
  title: { weight: 'bold', size: 14, colour: ink },
  symbol: { weight: 'regular', size: 9, colour: ink },
  // A receipt's number is printed in red by custom, so that it is found at a glance.
  number: { weight: 'bold', size: 9, colour: '#b01c1c' },
  label: { weight: 'regular', size: 8.4, colour: quiet },
  value: { weight: 'regular', size: 8.4, colour: ink },
  strong: { weight: 'bold', size: 8.4, colour: ink },
  head: { weight: 'bold', size: 7.6, colour: ink },
  cell: { weight: 'regular', size: 7.8, colour: ink },
  small: { weight: 'regular', size: 7, colour: quiet },
  signed: { weight: 'regular', size: 7.4, colour: ink },
} as const satisfies Record<string, TextStyle>;

/** The space that a separating line stands in. */
export const separator = { above: 3.5, below: 5.5 } as const;
