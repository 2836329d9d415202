import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** DynamoDB Local is compiled for this version. */
const oldestJava = 17;
const debianPackage = 'openjdk-17-jre-headless';

/** What the search for Java needs to know of the machine; given as data so that tests can be another machine. */
export interface Machine {
  readonly javaHome: string | undefined;
  readonly isRootOnDebian: boolean;
  /** The banner of `java -version`, or `undefined` when there is no such program. */
  readonly askVersion: (java: string) => Promise<string | undefined>;
  readonly installPackage: (name: string) => Promise<void>;
  readonly say: (line: string) => void;
}

/**
 * Finds a Java that runs DynamoDB Local; installs one where that is possible without asking anybody.
 * @returns the program to spawn
 * @throws Error in one sentence that says what to install
 */
export async function findJava(machine: Machine = thisMachine()): Promise<string> {
  const found = await searchJava(machine);
  if (found.java !== undefined) return found.java;
  if (!machine.isRootOnDebian) throw new Error(sentenceFor(found.older));
  machine.say(`Java ${oldestJava} is missing: installing the Debian package ${debianPackage} (once, about 200 MB) ...`);
  await machine.installPackage(debianPackage);
  const installed = await searchJava(machine);
  if (installed.java !== undefined) return installed.java;
  throw new Error(sentenceFor(installed.older));
}

interface Search {
  readonly java?: string;
  /** The version of a Java that is there but too old. */
  readonly older?: number;
}

async function searchJava(machine: Machine): Promise<Search> {
  const candidates = machine.javaHome === undefined ? ['java'] : [join(machine.javaHome, 'bin', 'java'), 'java'];
  let older: number | undefined;
  for (const java of candidates) {
    const version = majorVersionOf((await machine.askVersion(java)) ?? '');
    if (version !== undefined && version >= oldestJava) return { java };
    older = version ?? older;
  }
  return older === undefined ? {} : { older };
}

/** Reads `openjdk version "17.0.15"`, `"21"` and the old counting `"1.8.0_412"` (which is 8). */
export function majorVersionOf(banner: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(banner);
  return match === null ? undefined : Number(match[1]);
}

function sentenceFor(older: number | undefined): string {
  const fault = older === undefined ? 'no Java was found on PATH or in JAVA_HOME' : `only Java ${older} was found`;
  return (
    `DynamoDB Local needs Java ${oldestJava} or later, but ${fault}: install one ` +
    `(Debian and Ubuntu: apt-get install ${debianPackage}; macOS: brew install openjdk@17) and run the command again.`
  );
}

function thisMachine(): Machine {
  return {
    javaHome: process.env['JAVA_HOME'] || undefined,
    isRootOnDebian: process.getuid?.() === 0 && existsSync('/etc/debian_version'),
    askVersion: (java) =>
      run(java, ['-version']).then(
        ({ stderr, stdout }) => stderr + stdout,
        () => undefined,
      ),
    installPackage: async (name) => {
      const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 2 ** 26 };
      await run('apt-get', ['update'], options);
      await run('apt-get', ['install', '--yes', '--no-install-recommends', name], options);
    },
    say: (line) => process.stderr.write(`${line}\n`),
  };
}
