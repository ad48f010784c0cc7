// A program that is killed in the middle of its work, again and again: started on a demo of its own, found by its address, and what
// it leaves behind.
//
//   CUAVIET_BIN    the program (target/release/cuaviet)
//   KILL_DATABASE  postgres://… to an empty database; a SQLite file of its own otherwise

import { spawn, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const program = process.env.CUAVIET_BIN ?? path.join(import.meta.dirname, '../../target/release/cuaviet');
const database = process.env.KILL_DATABASE;

export const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => resolve(port)); });
  });
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'cuaviet-kill-'));
const port = await freePort();
export const base = `http://127.0.0.1:${port}`;
const data = path.join(folder, 'data');
const accounts = path.join(folder, 'accounts.json');
const words = ['demo', '--listen', `127.0.0.1:${port}`, '--data', data, '--accounts-json', accounts];
if (database) words.push('--database', database);

export async function start() {
  const child = spawn(program, words, { stdio: 'ignore' });
  for (let tries = 0; tries < 600; tries += 1) {
    try {
      if ((await fetch(`${base}/readyz`)).ok) return child;
    } catch { /* not yet */ }
    await pause(50);
  }
  throw new Error('the program does not start');
}

/// Somebody's cookie.
export async function signIn(login) {
  const one = JSON.parse(await readFile(accounts, 'utf8')).find((account) => account.login === login);
  const answer = await fetch(`${base}/dang-nhap`, {
    method: 'POST', redirect: 'manual', headers: { origin: base },
    body: new URLSearchParams({ login: one.login, mat_khau: one.password }),
  });
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
}

export const killed = (child) => new Promise((resolve) => { child.once('close', resolve); child.kill('SIGKILL'); });

/// Begins `hands` at once, kills the program at a moment of its life after the first of them was acknowledged, as often as said;
/// `count` says how much was acknowledged. Gives the program that runs at the end.
export async function again(times, child, hands, count, what) {
  let running = child;
  for (let time = 1; time <= times; time += 1) {
    const stop = { now: false };
    const begun = hands(stop);
    // Not before the first of this life is acknowledged: a program that is only starting has nothing to lose.
    for (let waited = 0, before = count(); count() === before && waited < 5000; waited += 20) await pause(20);
    await pause(Math.random() * 300);
    await killed(running);
    stop.now = true;
    await Promise.all(begun);
    running = await start();
    if (time % 10 === 0) console.log(`${time} times killed, ${count()} ${what} acknowledged`);
  }
  return running;
}

/// Stops it in an orderly way, and says whether the journal is whole and how many jobs hang.
export async function end(child) {
  child.kill('SIGTERM');
  await new Promise((resolve) => { child.once('close', resolve); });
  const rest = ['--data-dir', data, ...(database ? ['--database', database] : ['--database', path.join(data, 'cuaviet.db')])];
  const journal = execFileSync(program, ['journal', 'verify', ...rest], { encoding: 'utf8' }).trim();
  const jobs = JSON.parse(execFileSync(program, ['jobs', 'list', '--json', ...rest], { encoding: 'utf8' }));
  await rm(folder, { recursive: true, force: true });
  return { journal, stuck: (jobs.jobs ?? jobs).filter((job) => job.status === 'running').length };
}
