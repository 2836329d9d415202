/**
 * Runs before every command (`prestart`, `pretest`, ...): installs packages when they are missing or differ from
 * package-lock.json, so that one command is enough on a fresh clone. It runs on the host's own Node, whichever
 * that is, before anything is installed: plain JavaScript, no dependencies.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const oldestNode = 20;
/** Names the process that installs: two commands on a fresh clone must not install into one folder at once. */
const turnFile = join(root, '.installing');
const glanceMilliseconds = 200;

const likelyCauses = [
  {
    sign: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|npm error network/,
    vi: 'Không tới được kho gói npm. Kiểm tra mạng, proxy (npm config get proxy) và kho gói (npm config get registry).',
    en: 'The npm registry cannot be reached. Check the network, the proxy and the registry setting of npm.',
  },
  {
    sign: /EUSAGE|not in sync/,
    vi: 'package.json và package-lock.json không khớp. Chạy "npm install" rồi ghi nhận package-lock.json mới.',
    en: 'package.json and package-lock.json disagree. Run "npm install" and commit the new package-lock.json.',
  },
  {
    sign: /ENOSPC/,
    vi: 'Ổ đĩa đầy: các gói cần khoảng 1 GB.',
    en: 'The disk is full: the packages need about 1 GB.',
  },
  {
    sign: /EACCES|EPERM|EROFS/,
    vi: 'Không có quyền ghi vào thư mục này. Đừng trộn lệnh chạy bằng root và bằng người dùng thường.',
    en: 'This folder is not writable for you. Do not mix commands run as root and as a normal user.',
  },
  {
    sign: /EINTEGRITY|E404|ETARGET/,
    vi: 'Kho gói không có đúng bản đã ghim trong package-lock.json. Thử "npm cache verify", hoặc đổi kho gói.',
    en: 'The registry does not serve the pinned version. Try "npm cache verify" or another registry.',
  },
];
const incompleteInstall = {
  vi: 'npm đã chạy xong nhưng vẫn thiếu gói: tắt thiết lập "ignore-scripts" hoặc "omit" của npm (npm config list).',
  en: 'npm ended well but packages are still missing: turn off its setting "ignore-scripts" or "omit" (npm config list).',
};
const unknownCause = {
  vi: 'Nguyên nhân nằm trong thông báo của npm ở trên.',
  en: 'The cause is in the messages of npm above.',
};

if (findReasonToInstall()) {
  waitForTurn();
  try {
    // Whoever went before may have installed everything.
    const reason = findReasonToInstall();
    if (reason) installPackages(reason);
  } finally {
    rmSync(turnFile, { force: true });
  }
}

function waitForTurn() {
  const still = new Int32Array(new SharedArrayBuffer(4));
  let told = false;
  while (!takeTurn()) {
    if (!told)
      console.error('Một lệnh khác đang cài các gói, xin chờ ... / Another command is installing, waiting ...');
    told = true;
    Atomics.wait(still, 0, 0, glanceMilliseconds);
  }
}

/** The file is made or found in one step; one that a killed process left behind is nobody's. */
function takeTurn() {
  try {
    writeFileSync(turnFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') refuse(likelyCauses.find(({ sign }) => sign.test(error.message)) ?? unknownCause);
  }
  if (!isAlive(readHolder())) rmSync(turnFile, { force: true });
  return false;
}

function readHolder() {
  try {
    return Number(readFileSync(turnFile, 'utf8'));
  } catch {
    return 0;
  }
}

function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function findReasonToInstall() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return { vi: 'chưa có node_modules', en: 'node_modules is missing' };
  // `npm ci --ignore-scripts` leaves this one out, and the host's Node would silently be used.
  if (!existsSync(join(root, 'node_modules', 'node', 'bin'))) return { vi: 'thiếu Node 24', en: 'Node 24 is missing' };
  const different = findDifferentPackage(readPackages(join(root, 'package-lock.json')), readPackages(installed));
  return different && { vi: `gói khác với package-lock.json: ${different}`, en: `differs from the lock: ${different}` };
}

function readPackages(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

/** Optional packages of other platforms are in the lock but never installed here. */
function findDifferentPackage(wanted, present) {
  return Object.keys(wanted).find(
    (path) => path !== '' && !wanted[path].optional && present[path]?.version !== wanted[path].version,
  );
}

function installPackages(why) {
  if (Number.parseInt(process.versions.node, 10) < oldestNode) {
    refuse({
      vi: `Node ${process.versions.node} quá cũ. Cài Node ${oldestNode} trở lên rồi chạy lại.`,
      en: `Node ${process.versions.node} is too old. Install Node ${oldestNode} or later and run the command again.`,
    });
  }
  console.error(`Đang cài các gói (${why.vi}) ... / Installing packages (${why.en}) ...`);
  const { command, args } = npmCommand();
  // NODE_ENV=production would leave out what builds and tests.
  const outcome = spawnSync(command, [...args, 'ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (outcome.status === 0 && !findReasonToInstall()) return;
  if (outcome.status === 0) refuse(incompleteInstall);
  const complaint = [outcome.stderr, outcome.error?.message].filter(Boolean).join('\n');
  console.error(complaint);
  refuse(likelyCauses.find((cause) => cause.sign.test(complaint)) ?? unknownCause);
}

/** The npm that runs this script, else the one on PATH. */
function npmCommand() {
  const { npm_execpath: npm } = process.env;
  return npm ? { command: process.execPath, args: [npm] } : { command: 'npm', args: [] };
}

function refuse(cause) {
  console.error(`\nKhông cài được các gói cần thiết. ${cause.vi}`);
  console.error(`The packages could not be installed. ${cause.en}`);
  rmSync(turnFile, { force: true });
  process.exit(1);
}
