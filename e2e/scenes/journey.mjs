// The whole job: from the office's page to the end of the appointment, with the letters that each
// turn of it sends. The jobseeker is on a telephone or a desktop, with scripts or without, in each
// language; staff are on a desktop. Every screen on the way is looked at.

import { DESKTOP, PHONE, look, visitor } from "../look.mjs";
import * as desk from "../desk.mjs";
import { apply } from "../seeker.mjs";
import { tells, wording } from "../words.mjs";
import { openWindow } from "../window.mjs";

/** @typedef {import("playwright-core").Page} Page */

const MONDAY = "2026-11-16T09:30:00+09:00";
const NAME = "試験 花子";
const NUMBER = "7654321";

/**
 * Everything that a run of the job needs.
 * @typedef {object} Job
 * @property {{ password: string }} window
 * @property {string} lang the jobseeker's language
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
  await job.seeker.goto(`/?lang=${job.lang}`);
  job.receipt = await apply(job.seeker, {
    name: NAME,
    see: (step) => job.see(job.seeker, step),
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
  const state = wording(job.lang, "status-confirmed");
  for (const secret of [NAME, NUMBER, job.receipt, "相談-", state]) {
    await desk.keepsQuiet(job.seeker, secret);
  }
  await job.see(job.seeker, "link");
  await open(job);
  await tells(job.seeker, job.lang, "status-confirmed");
  await desk.says(job.seeker, /相談-\d+/);
  await tells(job.seeker, job.lang, "letters-alias-no-name");
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
  await tells(job.seeker, job.lang, "status-join-from");
  await desk.keepsQuiet(job.seeker, "538276");
  await desk.passing(job.staff, job.window, "uketsuke", () => {
    return desk.clockToStart(job.staff, job.start);
  });
  await open(job);
  await tells(job.seeker, job.lang, "status-started");
  await desk.keepsQuiet(job.seeker, "538276");
  await job.see(job.seeker, "status-started");
  // Joining is use of the service: the join page tells how, once one says that one comes.
  await job.seeker.goto("/join");
  await desk.keepsQuiet(job.seeker, "538276");
  await job.see(job.seeker, "join");
  await job.seeker.locator("main form[action='/join'] button").click();
  await desk.says(job.seeker, "812 3456 7890");
  await desk.says(job.seeker, "538276");
  await job.see(job.seeker, "join-shown");
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
  await tells(job.seeker, job.lang, "status-deemed-cancelled");
  await job.see(job.seeker, "status-deemed");
  await desk.openLetter(job.staff, job.receipt, "みなしキャンセル");
  await desk.recordCall(job.staff, job.id, { purpose: "late", time: later(job.start, 8) });
  await desk.says(job.staff, "連絡あり");
  await job.see(job.staff, "call-recorded");
  await job.staff.goto("/desk/today");
  desk.must((await line.innerText()).includes("連絡あり"), "the board still deems");
  await job.seeker.goto("/status");
  await tells(job.seeker, job.lang, "status-in-contact-next");
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
  await tells(job.seeker, job.lang, "status-present");
  await desk.forward(job.staff, 32);
  await job.seeker.goto("/status");
  await tells(job.seeker, job.lang, "status-present");
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
  await tells(job.seeker, job.lang, "status-held");
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
  await tells(job.seeker, job.lang, "status-called-off");
  await job.see(job.seeker, "status-cancelled");
  await desk.forward(job.staff, 1);
  await desk.openLetter(job.staff, job.receipt, "キャンセルの確認");
  await desk.forward(job.staff, 3 * 24 * 60);
  const kinds = await desk.letters(job.staff, job.receipt);
  desk.must(!kinds.includes("みなしキャンセル"), `a cancelled session was deemed: ${kinds}`);
}

/**
 * @param {string} ending
 * @param {((job: Job) => Promise<void>)[]} parts
 * @param {{ lang: string, viewport: { width: number, height: number }, javaScript: boolean }} how
 */
function journey(ending, parts, { lang, viewport, javaScript }) {
  const cell = `${lang}-${viewport.width}${javaScript ? "" : "-plain"}`;
  return {
    name: `${ending} (${cell})`,
    /** @param {{ browser: import("playwright-core").Browser, output: string }} given */
    play: async ({ browser, output }) => {
      const window = await openWindow(MONDAY);
      try {
        const person = await visitor(browser, window, { viewport, javaScript, lang });
        const clerk = await visitor(browser, window, { viewport: DESKTOP, javaScript });
        const other = await visitor(browser, window, { viewport: DESKTOP, javaScript });
        const [seeker, staff, counsellor] = [person.page, clerk.page, other.page];
        await desk.signIn(staff, window, "uketsuke");
        let count = 0;
        const see = async (/** @type {Page} */ page, /** @type {string} */ step) => {
          count += 1;
          const place = `journey-${cell}-${String(count).padStart(2, "0")}-${step}`;
          await look(page, output, place);
        };
        const known = { receipt: "", id: "", start: "", link: "" };
        const job = { window, lang, seeker, staff, counsellor, see, ...known };
        for (const part of parts) await part(job);
        for (const { context, foreign, faults } of [person, clerk, other]) {
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

const ROAD = [applied, confirmed, opened];
/** @type {Record<string, ((job: Job) => Promise<void>)[]>} */
const ENDINGS = {
  deemed: [...ROAD, joined, deemed],
  held: [...ROAD, joined, held],
  cancelled: [...ROAD, cancelled],
};

/** Each ending in each language, and every cell of language, width and scripts once. */
const CELLS = ["ja", "ja-easy", "en"].flatMap((lang) => [
  { ending: "deemed", lang, viewport: PHONE, javaScript: true },
  { ending: "held", lang, viewport: PHONE, javaScript: false },
  { ending: "cancelled", lang, viewport: DESKTOP, javaScript: true },
  { ending: "deemed", lang, viewport: DESKTOP, javaScript: false },
]);

export const scenes = CELLS.map(({ ending, ...how }) => journey(ending, ENDINGS[ending] ?? [], how));
