// What stands behind the link of a session that cannot be joined, each as a telephone shows it.

import { DESKTOP, PHONE, leaveWell, look, visitor } from "../look.mjs";
import * as desk from "../desk.mjs";
import { openWindow } from "../window.mjs";
import { tells } from "../words.mjs";
import { comeBack, confirmed, press, undo } from "./states.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./states.mjs").Cast} Cast */

const MONDAY = "2026-11-16T09:30:00+09:00";

/** The join page says that it stands so. @param {Cast} cast @param {string} key */
async function door(cast, key) {
  await cast.seeker.goto("/join");
  await tells(cast.seeker, cast.lang, key);
  await cast.see(key);
}

/** @param {string} minute as 2026-12-01T09:00 @param {number} later minutes */
function after(minute, later) {
  return new Date(Date.parse(`${minute}:00Z`) + later * 60_000).toISOString().slice(0, 16);
}

/** What the office does before the day. @param {Cast} cast */
async function before(cast) {
  const { staff } = cast;
  const id = await confirmed(cast);
  await staff.goto(`/desk/sessions/${id}/move`);
  await staff.locator("main td a").last().click();
  await press(staff, "この日時に変える");
  await door(cast, "session-door-moved");
  await staff.goto(`/desk/sessions/${id}`);
  await staff.locator("#stopping summary").click();
  await staff.locator("#stopping input[name=cause]").first().check();
  await press(staff, "中止する");
  await door(cast, "session-door-stopped");
}

/**
 * The rest of a half hour goes to somebody who waits in the inbox.
 * @param {Cast} cast
 * @param {string} id of the session whose time is given away
 * @param {string} start of the rest
 */
async function givenAway({ staff }, id, start) {
  await staff.goto(`/desk/sessions/${id}`);
  const text = await staff.locator("main").innerText();
  await staff.goto("/desk");
  await staff.locator("main td a").first().click();
  await staff.waitForURL("**/desk/applications/*");
  await desk.decideAll(staff);
  await staff.locator("summary", { hasText: "日時を直接入力する" }).click();
  const options = await staff.locator("#counsellor option").allInnerTexts();
  const counsellor = options.slice(1).find((name) => text.includes(name)) ?? "";
  await staff.fill("#date", start.slice(0, 10));
  await staff.fill("#start", start.slice(11));
  await staff.selectOption("#counsellor", { label: counsellor });
  await staff.fill("#typed_reason", "電話で、いまから話せる（見本）");
  await press(staff, "この日時で確定する");
  await desk.says(staff, "予約の画面へ");
}

/** The day itself: two sessions at one time. @param {Cast} cast */
async function onTheDay(cast) {
  const { staff, window } = cast;
  let start = "";
  const choose = async (/** @type {Page} */ page) => {
    const day = page.locator("details.day").last();
    await day.locator("summary").click();
    const time = day.locator("button[name=start]").first();
    start = (await time.getAttribute("value")) ?? "";
    await time.click();
  };
  const one = { id: await confirmed(cast, choose), receipt: cast.receipt };
  const other = { id: await confirmed(cast, choose), receipt: cast.receipt };
  const is = async (/** @type {typeof one} */ which) => {
    cast.receipt = which.receipt;
    await comeBack(cast, "日時の確定");
  };
  await desk.clockToStart(staff, start);
  await desk.signIn(staff, window, "shocho");
  await is(one);
  for (const [button, key] of [["実施", "session-door-over"], ["電話で実施", "session-door-telephone"]]) {
    await staff.goto(`/desk/sessions/${one.id}`);
    await press(staff, button ?? "");
    await door(cast, key ?? "");
    await undo(cast, one.id);
  }
  await desk.forward(staff, 10);
  await door(cast, "session-door-late");
  await givenAway(cast, one.id, after(start, 15));
  await desk.recordCall(staff, one.id, { purpose: "late", time: after(start, 8).slice(11) });
  await door(cast, "session-door-new-time");
  await desk.forward(staff, 25);
  await is(other);
  await door(cast, "status-deemed-cancelled");
  await desk.recordCall(staff, other.id, { purpose: "cancel", time: after(start, 5).slice(11) });
  await door(cast, "session-door-cancelled");
}

/** @param {{ browser: import("playwright-core").Browser, output: string }} given */
async function play({ browser, output }) {
  const window = await openWindow(MONDAY);
  try {
    const person = await visitor(browser, window, { viewport: PHONE });
    const clerk = await visitor(browser, window, { viewport: DESKTOP });
    await desk.signIn(clerk.page, window, "shocho");
    let count = 0;
    const see = async (/** @type {string} */ step) => {
      count += 1;
      await look(person.page, output, `doors-${String(count).padStart(2, "0")}-${step}`);
    };
    const seeStaff = async () => {};
    const pages = { seeker: person.page, staff: clerk.page };
    const cast = { lang: "ja", window, receipt: "", ...pages, see, seeStaff };
    for (const part of [before, onTheDay]) await part(cast);
    await leaveWell([person, clerk]);
  } finally {
    await window.end();
  }
}

export const scenes = [{ name: "behind the link of a session", play }];
