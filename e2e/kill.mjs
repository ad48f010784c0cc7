// Kills the program in the middle of its work, again and again, and then counts: no acknowledged act may be lost, no number given twice
// or left out, no job stuck, and the journal must be whole.
//
//   node kill.mjs [TIMES]         100 unless said; lib/kill.mjs says which program and which database

import { again, base, end, pause, signIn, start } from './lib/kill.mjs';

const TIMES = Number(process.argv[2] ?? 100);
const HANDS = 6;
const PROCEDURE = '2.000648';

async function counter() {
  const cookie = await signIn('mai.sct');
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
const seat = await counter();
const hands = (stop) => Array.from({ length: HANDS }, () => work(seat, acknowledged, stop));
child = await again(TIMES, child, hands, () => acknowledged.length, 'receipts');

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
const { journal, stuck } = await end(child);
console.log(`killed ${TIMES} times; ${acknowledged.length} receipts acknowledged, ${codes.length} stored; lost ${lost}, numbers twice ${doubles}, gaps ${gaps}, jobs stuck ${stuck}`);
console.log(journal);
process.exitCode = lost + doubles + gaps + stuck === 0 ? 0 : 1;
