import type { FileDigest } from '#schemas/reconciliation.ts';

/** A file that is about to come, bound by its size and content. */
export interface AnnouncedFile {
  readonly key: string;
  readonly bytes: number;
  readonly sha256: FileDigest;
}

export interface UploadPlace {
  readonly url: string;
  /** What the sender must say with it, word for word. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Lets somebody without rights to the store put one file into it. */
export interface StatementUploads {
  /** An address that takes this file and no other, for so many seconds. */
  placeFor(file: AnnouncedFile, seconds: number): Promise<UploadPlace>;
}
