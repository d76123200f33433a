// Every end and turn that an application can come to, as the jobseeker reads it in each language,
// and the page of the desk from which it came.

import { DESKTOP, PHONE, leaveWell, look, visitor } from "../look.mjs";
import * as desk from "../desk.mjs";
import { apply } from "../seeker.mjs";
import { openWindow } from "../window.mjs";
import { tells } from "../words.mjs";

/** @typedef {import("playwright-core").Page} Page */

/**
 * @typedef {object} Cast
 * @property {string} lang
 * @property {Page} seeker
 * @property {Page} staff a manager, who may do all that is done here
 * @property {{ password: string }} window
 * @property {string} receipt of the newest application
 * @property {(step: string) => Promise<void>} see the jobseeker's page
 * @property {(step: string) => Promise<void>} seeStaff the desk's, in one language only
 */

const MONDAY = "2026-11-16T09:30:00+09:00";
let number = 7650000;

/** @param {Page} page @param {string} button */
export async function press(page, button) {
  await page.locator("main").getByRole("button", { name: button, exact: true }).first().click();
  await page.waitForLoadState();
}

/**
 * Applies, and opens the application at the desk.
 * @param {Cast} cast
 * @param {(page: Page) => Promise<void>} [choose] takes a time
 * @returns {Promise<string>} its number in addresses
 */
async function applied(cast, choose = firstOffered) {
  number += 1;
  cast.receipt = await apply(cast.seeker, { number: `99990-${number}`, choose });
  return desk.openApplication(cast.staff, cast.receipt);
}

/** @param {Page} page */
const firstOffered = (page) => page.locator("button[name=start]").first().click();

/**
 * @param {Cast} cast
 * @param {(page: Page) => Promise<void>} [choose] takes a time
 * @returns {Promise<string>} the number of the session
 */
export async function confirmed(cast, choose) {
  const id = await applied(cast, choose);
  await desk.decideAll(cast.staff);
  await desk.confirmWish(cast.staff);
  await cast.staff.goto(`/desk/sessions/${id}`);
  return id;
}

/** A visit ends by itself; the link of a letter opens another. @param {Cast} cast @param {string} letter */
export async function comeBack(cast, letter) {
  const { link } = await desk.openLetter(cast.staff, cast.receipt, letter);
  await cast.seeker.goto(link);
  await cast.seeker.locator("form[action^='/link/'] button").click();
  await cast.seeker.waitForURL("**/status");
}

/** The status page says that it stands so. @param {Cast} cast @param {string} key */
async function stands(cast, key) {
  await cast.seeker.goto("/status");
  await tells(cast.seeker, cast.lang, key);
  await cast.see(key);
}

/** Answers other than a time. @param {Cast} cast */
async function answered(cast) {
  const { staff } = cast;
  await applied(cast);
  for (const value of ["yes", "yes", "no"].entries()) {
    await staff.locator(`#conditions input[value=${value[1]}]`).nth(value[0]).check();
  }
  await press(staff, "判断を記録する");
  await cast.seeStaff("one-condition-is-not-met");
  await desk.decline(staff, await staff.locator("#decline_reason option").nth(1).innerText());
  await stands(cast, "letters-declined-what");
  for (const to of ["visit", "telephone"]) {
    await applied(cast);
    await staff.locator(`#convert-${to} summary`).click();
    await staff.locator(`#convert-${to} button`).click();
    await cast.seeStaff(`converted-to-${to}`);
    await stands(cast, `letters-to-${to}-what`);
  }
}

/** A proposal that nobody answers. @param {Cast} cast */
async function lapsed(cast) {
  await applied(cast);
  await desk.decideAll(cast.staff);
  await desk.proposeAnother(cast.staff);
  await stands(cast, "letters-proposal-what");
  await desk.forward(cast.staff, 5 * 24 * 60);
  await desk.signIn(cast.staff, cast.window, "shocho");
  await cast.staff.goto("/desk");
  await cast.seeStaff("inbox-after-a-lapse");
  await comeBack(cast, "申し込みの受付");
  await stands(cast, "status-overdue");
}

/** What the office changes before the day. @param {Cast} cast */
async function changed(cast) {
  const { staff } = cast;
  await confirmed(cast);
  await staff.locator("#stopping summary").click();
  await cast.seeStaff("stopping");
  await staff.locator("#stopping input[name=cause]").first().check();
  await press(staff, "中止する");
  await cast.seeStaff("stopped");
  await stands(cast, "status-stopped-by-office");
  const id = await confirmed(cast);
  await staff.goto(`/desk/sessions/${id}/move`);
  await staff.locator("main td a").last().click();
  await press(staff, "この日時に変える");
  await cast.seeStaff("moved");
  await stands(cast, "status-confirmed");
}

/** How sessions end, each undone again. @param {Cast} cast */
async function ended(cast) {
  const { staff } = cast;
  const id = await confirmed(cast);
  await staff.goto(`/desk/sessions/${id}`);
  const start = await startOf(cast);
  await desk.clockToStart(staff, start);
  await desk.signIn(staff, cast.window, "shocho");
  await comeBack(cast, "日時の確定");
  const outcomes = [
    ["電話で実施", "status-by-telephone"],
    ["利用者側の不具合", "status-trouble"],
    ["当方の不具合", "status-offices-trouble"],
  ];
  for (const [button, key] of outcomes) {
    await staff.goto(`/desk/sessions/${id}`);
    await press(staff, button ?? "");
    await cast.seeStaff(key ?? "");
    await stands(cast, key ?? "");
    await undo(cast, id);
  }
  await cast.seeStaff("undone");
  await desk.recordCall(staff, id, { purpose: "late" });
  await stands(cast, "status-in-contact");
  await desk.forward(staff, 24 * 60);
  await desk.signIn(staff, cast.window, "shocho");
  await staff.goto("/desk/today");
  await cast.seeStaff("today-with-one-unrecorded");
  await comeBack(cast, "日時の確定");
  await stands(cast, "status-unrecorded");
}

/** The start of the seeker's session, from the calendar file. @param {Cast} cast */
async function startOf(cast) {
  const answer = await cast.seeker.request.get("/status/calendar.ics");
  const found = /DTSTART[^:]*:(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)/.exec(await answer.text());
  desk.must(found !== null, "the calendar file has no start");
  const [, year, month, day, hour, minute, , utc] = found ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00${utc ? "Z" : "+09:00"}`);
  return new Date(at + 9 * 3_600_000).toISOString().slice(0, 16);
}

/** Undoes the newest fact. @param {Cast} cast @param {string} id */
export async function undo(cast, id) {
  const { staff } = cast;
  await staff.goto(`/desk/sessions/${id}`);
  const open = staff.locator("#recorded ~ ol details, ol.log details").last();
  await open.locator("summary").click();
  await open.locator("input[name=reason]").fill("押し間違い（見本）");
  await open.getByRole("button", { name: "この記録を取り消す" }).click();
  await staff.waitForLoadState();
}

/** Pages beside the road. @param {Cast} cast */
async function beside(cast) {
  const { seeker } = cast;
  await seeker.goto("/status");
  await seeker.locator("form[action='/status/leave'] button").click();
  await seeker.waitForLoadState();
  await cast.see("left");
  await seeker.goto("/status");
  await cast.see("status-without-a-visit");
  await seeker.goto("/offices/mihon");
  await seeker.locator("form[action$='/apply'] button").first().click();
  await seeker.goto("/offices/mihon/apply");
  await cast.see("draft-to-go-on-with");
  const wrongWay = await seeker.goto("/status/leave");
  desk.must(wrongWay?.status() === 405, `leaving by a link is ${wrongWay?.status()}`);
  await cast.see("not-this-way");
  await seeker.goto("/offices/mihon/terms");
  const version = seeker.locator("main a[href*='/terms/']").first();
  if ((await version.count()) > 0) await version.click();
  await cast.see("terms-of-a-version");
}

/** @param {string} lang */
function scene(lang) {
  return {
    name: `where an application can stand (${lang})`,
    /** @param {{ browser: import("playwright-core").Browser, output: string }} given */
    play: async ({ browser, output }) => {
      const window = await openWindow(MONDAY);
      try {
        const person = await visitor(browser, window, { viewport: PHONE, lang });
        const clerk = await visitor(browser, window, { viewport: DESKTOP });
        let count = 0;
        /** @param {Page} page @returns {(step: string) => Promise<void>} */
        const eye = (page) => async (step) => {
          count += 1;
          await look(page, output, `states-${lang}-${String(count).padStart(2, "0")}-${step}`);
        };
        const seeStaff = lang === "ja" ? eye(clerk.page) : async () => {};
        await desk.signIn(clerk.page, window, "shocho");
        await person.page.goto(`/?lang=${lang}`);
        const cast = {
          lang,
          window,
          receipt: "",
          seeker: person.page,
          staff: clerk.page,
          see: eye(person.page),
          seeStaff,
        };
        for (const part of [answered, changed, ended, lapsed, beside]) await part(cast);
        await leaveWell([person, clerk]);
      } finally {
        await window.end();
      }
    },
  };
}

export const scenes = ["ja", "ja-easy", "en"].map(scene);
