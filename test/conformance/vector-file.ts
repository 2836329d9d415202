import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import {
  type AmountFile,
  amountFileSchema,
  type DossierCodeFile,
  dossierCodeFileSchema,
  type GatewayFile,
  gatewayFileSchema,
} from './vector-schemas.ts';

export type VectorFile =
  | ({ readonly about: 'gateways' } & GatewayFile)
  | ({ readonly about: 'amounts' } & AmountFile)
  | ({ readonly about: 'dossier-codes' } & DossierCodeFile);

/** A file that cannot be run at all: the message says which, why, and what would do. */
export class VectorFileError extends Error {
  override readonly name = 'VectorFileError';
}

/** Reads a vector file; what it is about is told by its first vector, not by its name. */
export async function readVectorFile(path: string): Promise<VectorFile> {
  const content = parseJson(path, await readText(path));
  const names = namesInFirstVector(content);
  if (names.includes('gateway')) return { about: 'gateways', ...readAs(gatewayFileSchema, path, content) };
  if (names.includes('amount')) return { about: 'amounts', ...readAs(amountFileSchema, path, content) };
  if (names.includes('code')) return { about: 'dossier-codes', ...readAs(dossierCodeFileSchema, path, content) };
  throw new VectorFileError(
    `${path} is no vector file that we know: its first vector must have "gateway" (callbacks and requests), ` +
      '"amount" (amounts in words) or "code" (dossier codes). Was another JSON file meant?',
  );
}

const anyVectors = z.array(z.record(z.string(), z.unknown())).default([]);
const anyVectorFile = z.object({ vectors: anyVectors, outbound: anyVectors, procedureCodes: anyVectors });

function namesInFirstVector(content: unknown): readonly string[] {
  const file = anyVectorFile.safeParse(content);
  if (!file.success) return [];
  return Object.keys([...file.data.vectors, ...file.data.outbound, ...file.data.procedureCodes][0] ?? {});
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (fault) {
    const reason = typeof fault === 'object' && fault !== null && 'code' in fault ? String(fault.code) : String(fault);
    throw new VectorFileError(
      `${path} cannot be read (${reason}). Is the path right, seen from the project's folder?`,
      {
        cause: fault,
      },
    );
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (fault) {
    throw new VectorFileError(`${path} is not JSON: ${String(fault)}. Was it cut off?`, { cause: fault });
  }
}

function readAs<Content>(schema: z.ZodType<Content>, path: string, content: unknown): Content {
  const reading = schema.safeParse(content);
  if (reading.success) return reading.data;
  throw new VectorFileError(`${path} has vectors that are not of the known form:\n${z.prettifyError(reading.error)}`);
}
