// Kills the program in the middle of its work, again and again, and then counts: no acknowledged act may be lost, no number given twice
// or left out, no job stuck, and the journal must be whole.
//
//   node kill.mjs [TIMES]         100 unless said
//
//   CUAVIET_BIN    the program (target/release/cuaviet)
//   KILL_DATABASE  postgres://… to an empty database; a SQLite file of its own otherwise

import { spawn, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const TIMES = Number(process.argv[2] ?? 100);
const HANDS = 6;
const PROCEDURE = '2.000648';
const program = process.env.CUAVIET_BIN ?? path.join(import.meta.dirname, '../target/release/cuaviet');
const database = process.env.KILL_DATABASE;

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => resolve(port)); });
  });
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'cuaviet-kill-'));
const port = await freePort();
const base = `http://127.0.0.1:${port}`;
const data = path.join(folder, 'data');
const accounts = path.join(folder, 'accounts.json');
const words = ['demo', '--listen', `127.0.0.1:${port}`, '--data', data, '--accounts-json', accounts];
if (database) words.push('--database', database);

async function start() {
  const child = spawn(program, words, { stdio: 'ignore' });
  for (let tries = 0; tries < 600; tries += 1) {
    try {
      if ((await fetch(`${base}/readyz`)).ok) return child;
    } catch { /* not yet */ }
    await pause(50);
  }
  throw new Error('the program does not start');
}

const killed = (child) => new Promise((resolve) => { child.once('close', resolve); child.kill('SIGKILL'); });

async function signIn() {
  const clerk = JSON.parse(await readFile(accounts, 'utf8')).find((one) => one.login === 'mai.sct');
  const answer = await fetch(`${base}/dang-nhap`, {
    method: 'POST', redirect: 'manual', headers: { origin: base },
    body: new URLSearchParams({ login: clerk.login, mat_khau: clerk.password }),
  });
  const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  const page = await (await fetch(`${base}/mot-cua/tiep-nhan?thu_tuc=${PROCEDURE}`, { headers: { cookie } })).text();
  const value = (name) => page.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1];
  const papers = [...page.matchAll(/name="giay_([^"]+)"/g)].map((found) => found[1]);
  return { cookie, csrf: value('csrf'), kase: value('truong_hop'), tariff: value('muc_thu'), papers };
}

/// One receipt after another until the program is gone. What was acknowledged is kept.
async function work(seat, acknowledged, stop) {
  while (!stop.now) {
    const form = new FormData();
    const fields = { csrf: seat.csrf, thu_tuc: PROCEDURE, truong_hop: seat.kase, ten: `Người Mẫu ${acknowledged.length}`, loai: 'person', tra: 'counter', kenh: 'counter', da_thu: '1', muc_thu: seat.tariff ?? '' };
    for (const [name, text] of Object.entries(fields)) form.set(name, text);
    for (const paper of seat.papers) { form.set(`giay_${paper}`, '1'); form.set(`ban_${paper}`, 'original'); form.set(`so_${paper}`, '1'); }
    try {
      const answer = await fetch(`${base}/mot-cua/tiep-nhan`, { method: 'POST', body: form, redirect: 'manual', headers: { cookie: seat.cookie, origin: base } });
      if (answer.status === 303) acknowledged.push(answer.headers.get('location').split('?')[0]);
      else if (answer.status !== 503) throw new Error(`a receipt is answered with ${answer.status}: ${(await answer.text()).slice(0, 2000)}`);
    } catch (error) {
      if (/answered with/.test(error.message)) throw error;
      await pause(5);
    }
  }
}

const acknowledged = [];
let child = await start();
const seat = await signIn();
for (let time = 1; time <= TIMES; time += 1) {
  const stop = { now: false };
  const hands = Array.from({ length: HANDS }, () => work(seat, acknowledged, stop));
  // Not before the first of this life is acknowledged: a program that is only starting has nothing to lose.
  for (let waited = 0, before = acknowledged.length; acknowledged.length === before && waited < 5000; waited += 20) await pause(20);
  await pause(Math.random() * 300);
  await killed(child);
  stop.now = true;
  await Promise.all(hands);
  child = await start();
  if (time % 10 === 0) console.log(`${time} times killed, ${acknowledged.length} receipts acknowledged`);
}

// Everything that was acknowledged is there.
let lost = 0;
for (const place of acknowledged) {
  const answer = await fetch(`${base}${place}`, { headers: { cookie: seat.cookie } });
  if (answer.status !== 200) lost += 1;
}
const list = await (await fetch(`${base}/mot-cua?xuat=csv`, { headers: { cookie: seat.cookie } })).text();
const codes = [...list.matchAll(/000\.00\.12\.H50-201124-(\d+)/g)].map((found) => Number(found[1])).sort((a, b) => a - b);
const doubles = codes.filter((code, at) => code === codes[at - 1]).length;
const gaps = codes.length === 0 ? 0 : codes.at(-1) - codes[0] + 1 - new Set(codes).size;
child.kill('SIGTERM');
await new Promise((resolve) => { child.once('close', resolve); });
const rest = ['--data-dir', data, ...(database ? ['--database', database] : ['--database', path.join(data, 'cuaviet.db')])];
const journal = execFileSync(program, ['journal', 'verify', ...rest], { encoding: 'utf8' }).trim();
const jobs = JSON.parse(execFileSync(program, ['jobs', 'list', '--json', ...rest], { encoding: 'utf8' }));
const stuck = (jobs.jobs ?? jobs).filter((job) => job.status === 'running').length;
await rm(folder, { recursive: true, force: true });
console.log(`killed ${TIMES} times; ${acknowledged.length} receipts acknowledged, ${codes.length} stored; lost ${lost}, numbers twice ${doubles}, gaps ${gaps}, jobs stuck ${stuck}`);
console.log(journal);
process.exitCode = lost + doubles + gaps + stuck === 0 ? 0 : 1;
