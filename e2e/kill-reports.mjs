// Kills the program while fifty people enter figures of reports, again and again: no acknowledged cell may be lost, and the journal
// must be whole. Each hand has a cell of its own and writes rising numbers, so what stands there at the end is what was acknowledged
// last, or the one after it, whose answer never came.
//
//   node kill-reports.mjs [TIMES]         100 unless said; lib/kill.mjs says which program and which database

import { again, base, end, pause, signIn, start } from './lib/kill.mjs';

const TIMES = Number(process.argv[2] ?? 100);
const HANDS = 50;
const LOGINS = ['lan.sct', 'khoa.sct', 'ha.sct', 'minh.sct', 'nam.sct', 'dung.sct', 'giang.sct'];

const get = async (address, cookie) => (await fetch(`${base}${address}`, { headers: { cookie } })).text();
const valueOf = (text, name) => text.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? '';

/// Next month's report, of every office.
async function opened() {
  const cookie = await signIn('chi.sct');
  const page = await get('/bao-cao/mo?che_do=cong-thuong-thang', cookie);
  const body = new URLSearchParams({ csrf: valueOf(page, 'csrf'), che_do: 'cong-thuong-thang', ky: '2020-12' });
  for (const [, unit] of page.matchAll(/<input[^>]*name="don_vi"[^>]*value="([^"]+)"/g)) body.append('don_vi', unit);
  const answer = await fetch(`${base}/bao-cao/mo`, { method: 'POST', redirect: 'manual', headers: { cookie, origin: base }, body });
  if (answer.status !== 303) throw new Error(`the round is answered with ${answer.status}`);
}

/// The cells that somebody may enter in the report due last: addresses with what stands there.
async function cellsOf(login) {
  const cookie = await signIn(login);
  const list = await get('/bao-cao?sap=-han', cookie);
  const report = list.match(/href="(\/bao-cao\/[0-9a-f-]{36})"/)?.[1];
  const page = await get(report, cookie);
  const csrf = valueOf(page, 'csrf');
  const forms = [...page.matchAll(/<form method="post" action="(\/bao-cao\/[^"]+\/o\/[^"]+)" data-cell[\s\S]*?<\/form>/g)];
  return forms.map((found) => ({ cookie, csrf, report, address: found[1], version: valueOf(found[0], 'version'), next: 1, last: 0 }));
}

/// Rising numbers into one cell, until the program is gone.
async function work(cell, stop) {
  while (!stop.now) {
    const wanted = cell.next;
    const body = new URLSearchParams({ csrf: cell.csrf, version: cell.version, key: `${cell.address}:${wanted}`, so: String(wanted) });
    try {
      const answer = await fetch(`${base}${cell.address}`, {
        method: 'POST', redirect: 'manual', headers: { cookie: cell.cookie, origin: base, 'hx-request': 'true' }, body,
      });
      const text = await answer.text();
      if (![200, 409, 503].includes(answer.status)) throw new Error(`a cell is answered with ${answer.status}: ${text.slice(0, 500)}`);
      if (answer.status === 503) continue;
      // What the row says stands there now; after a number whose answer never came that is another than was thought.
      const own = text.slice(text.indexOf(`action="${cell.address}"`));
      cell.version = valueOf(own, 'version');
      if (answer.status === 200) {
        cell.last = wanted;
        cell.next = wanted + 1;
        acknowledged += 1;
      }
    } catch (error) {
      if (/answered with/.test(error.message)) throw error;
      await pause(5);
    }
  }
}

let acknowledged = 0;
let child = await start();
await opened();
const all = (await Promise.all(LOGINS.map(cellsOf))).flat();
if (all.length < HANDS) throw new Error(`there are only ${all.length} cells`);
const cells = all.slice(0, HANDS);
child = await again(TIMES, child, (stop) => cells.map((cell) => work(cell, stop)), () => acknowledged, 'cells');

let lost = 0;
for (const cell of cells) {
  const page = await get(cell.report, cell.cookie);
  const form = page.slice(page.indexOf(`action="${cell.address}"`));
  const digits = Number(form.match(/ name="so" value="([^"]*)"/)?.[1].replaceAll('.', '').replace(',', '.') ?? -1);
  if (!(digits === cell.last || digits === cell.last + 1)) {
    lost += 1;
    console.log(`${cell.address}: ${digits} stands there, ${cell.last} was acknowledged`);
  }
}
const { journal, stuck } = await end(child);
console.log(`killed ${TIMES} times, ${HANDS} people; ${acknowledged} cells acknowledged; lost ${lost}, jobs stuck ${stuck}`);
console.log(journal);
process.exitCode = lost + stuck === 0 ? 0 : 1;
