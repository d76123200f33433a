// The service stops for a day: told before, sessions moved together, shut meanwhile, and lifted.

import * as desk from "../desk.mjs";
import { fill, later, press, refused, scene } from "../office.mjs";

/** @typedef {import("../office.mjs").Cast} Cast */

const NOTE = "回線の工事をします（見本）。";

/** Planned for tomorrow. @param {Cast} cast */
async function planned({ staff, see }) {
  await staff.goto("/desk/stops");
  await press(staff, "中止する");
  await refused(staff);
  await see(staff, "empty");
  await staff.selectOption("#function", "all");
  await staff.selectOption("#cause", "maintenance");
  const [from, until] = [{ from_date: "2026-11-17", from_time: "9:00" }, { until_date: "2026-11-17" }];
  await fill(staff, { ...from, ...until, until_time: "17:15", note: NOTE });
  await press(staff, "中止する");
  await staff.waitForURL("**/desk/stops/*");
  await desk.says(staff, "予定");
  await see(staff, "planned");
}

/** What it touches goes to the next free time, with one press. @param {Cast} cast */
async function moved({ staff, see }) {
  const touched = await staff.locator("input[name=session]").count();
  desk.must(touched >= 2, `${touched} sessions are touched`);
  await press(staff, "日時を移す");
  await refused(staff);
  await see(staff, "no-day");
  await staff.fill("#day", "2026-11-18");
  await press(staff, "日時を移す");
  await desk.says(staff, `${touched}件の日時を移しました`);
  desk.must((await staff.locator("input[name=session]").count()) === 0, "some are left");
  await see(staff, "moved");
}

/** Nobody applies meanwhile, and everybody is told. @param {Cast} cast */
async function shut(cast) {
  const { seeker, staff, see, seeInEach } = cast;
  const stop = staff.url().replace(/[?#].*/, "");
  await later(cast, () => desk.forward(staff, 24 * 60));
  await seeker.goto("/offices/mihon");
  desk.must((await seeker.locator(".notice.warning", { hasText: NOTE }).count()) > 0, "no banner");
  desk.must((await seeker.locator("form[action$='/apply']").count()) === 0, "one can apply");
  await seeInEach(seeker, "office-shut");
  await see(seeker, "office-shut");
  await staff.goto("/desk");
  await see(staff, "inbox-shut");
  await staff.goto(stop);
  await press(staff, "解除する");
  await refused(staff);
  await see(staff, "lifting-without-reason");
  await staff.fill("#note", "工事が早く終わった（見本）");
  await press(staff, "解除する");
  await staff.goto(stop);
  await desk.says(staff, "工事が早く終わった");
  await see(staff, "lifted");
  await seeker.goto("/offices/mihon");
  desk.must((await seeker.locator("form[action$='/apply']").count()) > 0, "nobody can apply");
  await staff.goto("/desk/stops");
  await see(staff, "all");
}

/** @param {Cast} cast */
async function play(cast) {
  await planned(cast);
  await moved(cast);
  await shut(cast);
}

export const scenes = [scene("stop of a day", play)];
