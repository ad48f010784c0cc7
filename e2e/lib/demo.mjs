// The program under test: `cuaviet demo --fresh` with a folder, a port and accounts of its own; beside it the citizens' sign-in and a
// reporting system, `cuaviet simulate sso` and `reporting`, which the demo is told to use.

import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const KEYS = path.join(import.meta.dirname, '../data/signing');
/// Whose certificates are trusted in these journeys.
export const ROOTS = path.join(KEYS, 'root.pem');
const SIGNING = `\n[signing]\nkey = "${path.join(KEYS, 'signer.p12')}"\npassphrase = "mat-khau"\nroots = "${ROOTS}"\n`;
/// The program under test.
export const PROGRAM = process.env.CUAVIET_BIN ?? path.join(import.meta.dirname, '../../target/debug/cuaviet');
const SECONDS_TO_START = 60;
const SECONDS_TO_DRAIN = 15;

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function isReady(base) {
  try {
    return (await fetch(`${base}/readyz`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

/// Gives `{ base, accounts, stop }`; accounts are `[{ login, password, role, unit, name }]`. `more`: further words of the command.
/// `signed`: papers are signed, with an invented agency's certificate.
export async function startDemo(log, more = [], signed = false) {
  const program = PROGRAM;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cuaviet-e2e-'));
  const accounts = path.join(folder, 'accounts.json');
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const sso = await startBeside(program, 'sso', 'client_secret');
  const reporting = await startBeside(program, 'reporting', 'Mã kết nối');
  const config = path.join(folder, 'demo.toml');
  await writeFile(config, settings(sso.said, reporting.said) + (signed ? SIGNING : ''));
  const words = ['demo', '--fresh', '--listen', `127.0.0.1:${port}`, '--data', path.join(folder, 'data'), '--accounts-json', accounts, '--config', config, ...more];
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const file = createWriteStream(log);
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  let ended = null;
  const end = new Promise((resolve) => {
    child.once('error', (error) => { ended = error.message; resolve(); });
    child.once('close', (code, signal) => { ended ??= `it ended with ${signal ?? code}`; resolve(); });
  });
  const killed = () => { child.kill('SIGKILL'); sso.stop(); reporting.stop(); };
  process.once('exit', killed);

  const stop = async () => {
    // SIGTERM drains; a program that does not end by itself is a finding, but not one to wait for.
    child.kill('SIGTERM');
    const late = setTimeout(killed, SECONDS_TO_DRAIN * 1000);
    await end;
    clearTimeout(late);
    process.off('exit', killed);
    sso.stop();
    reporting.stop();
    await new Promise((resolve) => { file.end(resolve); });
    await rm(folder, { recursive: true, force: true });
  };

  const until = Date.now() + SECONDS_TO_START * 1000;
  while (!(await isReady(base))) {
    if (ended !== null || Date.now() > until) {
      const why = ended ?? `${base}/readyz did not answer in ${SECONDS_TO_START} s`;
      await stop();
      const last = (await readFile(log, 'utf8').catch(() => '')).trimEnd().split('\n').slice(-15).join('\n');
      throw new Error(`${program} ${words.join(' ')}\n${why}\n${last}`);
    }
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  return { base, accounts: JSON.parse(await readFile(accounts, 'utf8')), stop };
}

/// What the demo is told of both: the sign-in writes its own section, the reporting system its address.
function settings(sso, reporting) {
  const [, address] = reporting.match(/đang chờ ở (\S+?)\. /);
  return `${sso.slice(sso.indexOf('[citizen]'))}\n[reporting]\naddress = "http://${address}"\ntoken = "thu-nghiem"\nunit = "H50"\n`;
}

/// A partner that pretends, and what it says when it listens: up to the words `last`.
async function startBeside(program, what, last) {
  const child = spawn(program, ['simulate', what, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const told = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`${program} simulate ${what} ended with ${code}`)));
    child.stdout.on('data', (text) => {
      said += text;
      if (said.includes(last)) resolve();
    });
  });
  await told;
  return { said, stop: () => child.kill('SIGTERM') };
}

/// A server that somebody else started, for work on one journey.
export async function runningDemo() {
  const base = process.env.E2E_BASE.replace(/\/$/, '');
  if (!(await isReady(base))) throw new Error(`${base}/readyz does not answer`);
  const accounts = process.env.E2E_ACCOUNTS ? JSON.parse(await readFile(process.env.E2E_ACCOUNTS, 'utf8')) : [];
  return { base, accounts, stop: async () => {} };
}
