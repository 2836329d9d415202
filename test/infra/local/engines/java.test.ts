import { describe, expect, it } from '@jest/globals';
import { findJava, type Machine, majorVersionOf } from '#infra/local/engines/java.ts';

const banner = (version: string) => `openjdk version "${version}" 2025-04-15\nOpenJDK Runtime Environment\n`;

function machineWith(versions: Readonly<Record<string, string>>, more: Partial<Machine> = {}) {
  const said: string[] = [];
  const installed: string[] = [];
  const machine: Machine = {
    javaHome: undefined,
    isRootOnDebian: false,
    askVersion: async (java) => (versions[java] === undefined ? undefined : banner(versions[java])),
    installPackage: async (name) => void installed.push(name),
    say: (line) => said.push(line),
    ...more,
  };
  return { machine, said, installed };
}

describe('looking for Java', () => {
  it.each([
    ['17.0.15', 17],
    ['21', 21],
    ['1.8.0_412', 8],
    ['25-ea', 25],
  ])('reads version %s', (version, major) => {
    expect(majorVersionOf(banner(version))).toBe(major);
  });

  it('takes the one of JAVA_HOME before the one on PATH', async () => {
    const { machine } = machineWith({ '/jdk/bin/java': '21', java: '17.0.1' }, { javaHome: '/jdk' });

    expect(await findJava(machine)).toBe('/jdk/bin/java');
  });

  it('takes the one on PATH when JAVA_HOME has an old one', async () => {
    const { machine } = machineWith({ '/jdk/bin/java': '1.8.0_412', java: '17.0.1' }, { javaHome: '/jdk' });

    expect(await findJava(machine)).toBe('java');
  });

  it('says in one sentence what to install when there is none', async () => {
    const { machine, installed } = machineWith({});

    await expect(findJava(machine)).rejects.toThrow(
      'DynamoDB Local needs Java 17 or later, but no Java was found on PATH or in JAVA_HOME: install one ' +
        '(Debian and Ubuntu: apt-get install openjdk-17-jre-headless; macOS: brew install openjdk@17) and run the command again.',
    );
    expect(installed).toEqual([]);
  });

  it('names the version that is too old', async () => {
    await expect(findJava(machineWith({ java: '11.0.2' }).machine)).rejects.toThrow('but only Java 11 was found');
  });

  it('installs the package with a message as root on Debian', async () => {
    const versions: Record<string, string> = {};
    const { machine, said, installed } = machineWith(versions, {
      isRootOnDebian: true,
      installPackage: async (name) => {
        installed.push(name);
        versions['java'] = '17.0.15';
      },
    });

    expect(await findJava(machine)).toBe('java');
    expect(installed).toEqual(['openjdk-17-jre-headless']);
    expect(said[0]).toMatch(/Java 17 is missing: installing the Debian package openjdk-17-jre-headless/);
  });

  it('says what to do when the package brought no Java either', async () => {
    const { machine } = machineWith({}, { isRootOnDebian: true });

    await expect(findJava(machine)).rejects.toThrow('DynamoDB Local needs Java 17 or later');
  });
});
