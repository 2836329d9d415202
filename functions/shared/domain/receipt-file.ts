/**
 * The most that a receipt's file may have, XML or PDF: messages to the tax authority are at most 2 MB (QĐ 1271/QĐ-CT), and
 * a receipt of a hundred lines has a tenth of it.
 */
export const largestReceiptFile = 2 * 1024 * 1024;

/** The same in words for people. */
export const largestReceiptFileText = `${largestReceiptFile / 1024 / 1024} MB`;
