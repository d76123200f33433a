// The whole job: a jobseeker on a telephone, staff on a desktop, from the application to the end
// of the appointment, with the letters that each turn of it sends.

import { DESKTOP, PHONE, look, visitor } from "../look.mjs";
import * as desk from "../desk.mjs";
import { apply } from "../seeker.mjs";
import { openWindow } from "../window.mjs";

/** @typedef {import("playwright-core").Page} Page */

const MONDAY = "2026-11-16T09:30:00+09:00";
const NAME = "試験 花子";
const NUMBER = "7654321";

/**
 * Everything that a run of the job needs.
 * @typedef {object} Job
 * @property {{ password: string }} window
 * @property {Page} seeker
 * @property {Page} staff the coordinator
 * @property {Page} counsellor
 * @property {(page: Page, name: string) => Promise<void>} see
 * @property {string} receipt
 * @property {string} id
 * @property {string} start as 2026-11-18T10:00
 * @property {string} link of the letter
 */

/** @param {string} start @param {number} minutes */
function later(start, minutes) {
  const at = new Date(Date.parse(`${start}:00Z`) + minutes * 60_000);
  return at.toISOString().slice(11, 16);
}

/**
 * Applies, and finds the letter that says so.
 * @param {Job} job
 */
async function applied(job) {
  await job.seeker.goto("/?lang=ja");
  job.receipt = await apply(job.seeker, {
    name: NAME,
    choose: async (page) => {
      await page.locator("details.day summary").last().click();
      const time = page.locator("button[name=start]").last();
      job.start = (await time.getAttribute("value")) ?? "";
      await time.click();
    },
  });
  const letter = await desk.openLetter(job.staff, job.receipt, "申し込みの受付");
  desk.must(letter.text.includes(job.receipt), "the letter of receipt names no receipt");
  for (const secret of [NAME, NUMBER]) {
    desk.must(!letter.text.includes(secret), `the letter tells ${secret}`);
  }
}

/**
 * Three conditions are decided by a named officer, and the wish is confirmed.
 * @param {Job} job
 */
async function confirmed(job) {
  job.id = await desk.openApplication(job.staff, job.receipt);
  await job.see(job.staff, "desk-before");
  await desk.decideAll(job.staff);
  await job.see(job.staff, "desk-decided");
  await desk.confirmWish(job.staff);
  await desk.says(job.staff, "予約の画面へ");
  await job.see(job.staff, "desk-confirmed");
}

/**
 * A visit ends by itself; the link of the letter opens another.
 * @param {Job} job
 */
async function open(job) {
  await job.seeker.goto(job.link);
  await job.seeker.locator("form[action^='/link/'] button").click();
  await job.seeker.waitForURL("**/status");
}

/**
 * The link of the letter tells nothing until the button is pressed.
 * @param {Job} job
 */
async function opened(job) {
  const letter = await desk.openLetter(job.staff, job.receipt, "日時の確定");
  await job.see(job.staff, "letter");
  await job.seeker.context().clearCookies();
  job.link = letter.link;
  await job.seeker.goto(job.link);
  for (const secret of [NAME, NUMBER, job.receipt, "相談-", "日時が決まりました"]) {
    await desk.keepsQuiet(job.seeker, secret);
  }
  await job.see(job.seeker, "link");
  await open(job);
  await desk.says(job.seeker, "日時が決まりました");
  await desk.says(job.seeker, /相談-\d+/);
  await desk.says(job.seeker, "氏名を入れないでください");
  await job.see(job.seeker, "status-confirmed");
}

/**
 * How to join is entered, and told only in time.
 * @param {Job} job
 */
async function joined(job) {
  await desk.enterJoining(job.staff, job.id);
  await job.see(job.staff, "session-joining");
  await job.seeker.goto("/status");
  await desk.says(job.seeker, "ここに表示します");
  await desk.keepsQuiet(job.seeker, "538276");
  await desk.passing(job.staff, job.window, "uketsuke", () => {
    return desk.clockToStart(job.staff, job.start);
  });
  await open(job);
  await desk.says(job.seeker, "812 3456 7890");
  await desk.says(job.seeker, "538276");
  await desk.says(job.seeker, "開始の時刻になりました");
  await job.see(job.seeker, "status-started");
  await job.staff.goto("/desk/today");
  await job.see(job.staff, "board-started");
}

/**
 * Ten silent minutes, and then a call that came in time.
 * @param {Job} job
 */
async function deemed(job) {
  await desk.forward(job.staff, 10);
  await job.staff.goto("/desk/today");
  const line = job.staff.locator(`#s${job.id}`);
  desk.must((await line.innerText()).includes("みなしキャンセル"), "the board deems nothing");
  await job.see(job.staff, "board-deemed");
  await job.seeker.goto("/status");
  await desk.says(job.seeker, "キャンセルとして扱いました");
  await job.see(job.seeker, "status-deemed");
  await desk.openLetter(job.staff, job.receipt, "みなしキャンセル");
  await desk.recordCall(job.staff, job.id, { purpose: "late", time: later(job.start, 8) });
  await desk.says(job.staff, "連絡あり");
  await job.see(job.staff, "call-recorded");
  await job.staff.goto("/desk/today");
  desk.must((await line.innerText()).includes("連絡あり"), "the board still deems");
  await job.seeker.goto("/status");
  await desk.says(job.seeker, "予約は有効です");
  await job.see(job.seeker, "status-undone");
  await desk.forward(job.staff, 1);
  await desk.openLetter(job.staff, job.receipt, "みなしキャンセルの取り消し");
}

/**
 * The person comes, and the session is held with its actual times.
 * @param {Job} job
 */
async function held(job) {
  await desk.signIn(job.counsellor, job.window, "soudan");
  await desk.clickOnBoard(job.counsellor, job.id, "入室");
  await job.seeker.goto("/status");
  await desk.says(job.seeker, "参加を確認しました");
  await desk.forward(job.staff, 32);
  await job.seeker.goto("/status");
  await desk.says(job.seeker, "参加を確認しました");
  await job.counsellor.context().clearCookies();
  await desk.signIn(job.counsellor, job.window, "soudan");
  const [began, ended] = [later(job.start, 1), later(job.start, 31)];
  await desk.recordOutcome(job.counsellor, job.id, { outcome: "実施", began, ended });
  await job.see(job.counsellor, "session-held");
  await desk.says(job.counsellor, "実施済み");
  await job.counsellor.goto("/desk/today");
  const line = await job.counsellor.locator(`#s${job.id}`).innerText();
  desk.must(line.includes(`${began}〜${ended}`), `the board has no actual times: ${line}`);
  await job.seeker.goto("/status");
  await desk.says(job.seeker, "相談は終わりました");
  await job.see(job.seeker, "status-held");
  const kinds = await desk.letters(job.staff, job.receipt);
  desk.must(!kinds.includes("みなしキャンセル"), `a held session was deemed: ${kinds}`);
}

/**
 * The person calls before the start and cancels.
 * @param {Job} job
 */
async function cancelled(job) {
  await job.seeker.goto("/status/cancel");
  await desk.says(job.seeker, "00-0000-0000");
  await job.see(job.seeker, "cancel-by-telephone");
  await desk.recordCall(job.staff, job.id, { purpose: "cancel" });
  await job.see(job.staff, "call-cancelled");
  await job.seeker.goto("/status");
  await desk.says(job.seeker, "予約をキャンセルしました");
  await job.see(job.seeker, "status-cancelled");
  await desk.forward(job.staff, 1);
  await desk.openLetter(job.staff, job.receipt, "キャンセルの確認");
  await desk.forward(job.staff, 3 * 24 * 60);
  const kinds = await desk.letters(job.staff, job.receipt);
  desk.must(!kinds.includes("みなしキャンセル"), `a cancelled session was deemed: ${kinds}`);
}

/**
 * @param {string} name
 * @param {boolean} javaScript
 * @param {((job: Job) => Promise<void>)[]} parts
 */
function journey(name, javaScript, parts) {
  const prefix = `journey-${name}${javaScript ? "" : "-plain"}`;
  return {
    name: `${name}${javaScript ? "" : ", without scripts"}`,
    /** @param {{ browser: import("playwright-core").Browser, output: string }} given */
    play: async ({ browser, output }) => {
      const window = await openWindow(MONDAY);
      try {
        const visitors = [
          await visitor(browser, window, { viewport: PHONE, javaScript }),
          await visitor(browser, window, { viewport: DESKTOP, javaScript }),
          await visitor(browser, window, { viewport: DESKTOP, javaScript }),
        ];
        const [seeker, staff, counsellor] = visitors.map((it) => it.page);
        await desk.signIn(staff, window, "uketsuke");
        let count = 0;
        const see = async (/** @type {Page} */ page, /** @type {string} */ step) => {
          count += 1;
          await look(page, output, `${prefix}-${String(count).padStart(2, "0")}-${step}`);
        };
        const known = { receipt: "", id: "", start: "", link: "" };
        const job = { window, seeker, staff, counsellor, see, ...known };
        for (const part of parts) await part(job);
        for (const { context, foreign, faults } of visitors) {
          if (foreign.length > 0) throw new Error(`left the window: ${foreign}`);
          if (faults.length > 0) throw new Error(faults.join("\n"));
          await context.close();
        }
      } finally {
        await window.end();
      }
    },
  };
}

export const scenes = [
  journey("deemed", true, [applied, confirmed, opened, joined, deemed]),
  journey("deemed", false, [applied, confirmed, opened, joined, deemed]),
  journey("held", true, [applied, confirmed, opened, joined, held]),
  journey("cancelled", true, [applied, confirmed, opened, cancelled]),
];
