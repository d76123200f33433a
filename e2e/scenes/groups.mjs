// A seat in a group session, from the office's page to the join page, and the office's side of it.

import * as desk from "../desk.mjs";
import { comeBack, later, press, refused, scene } from "../office.mjs";
import { apply } from "../seeker.mjs";

/** @typedef {import("../office.mjs").Cast} Cast */

/** The seminar that the demo has. */
const STARTS = "2026-11-18T13:00";
const NAME = "試験 花子";

/** Asked for, and given. @param {Cast} cast @returns {Promise<string>} the receipt number */
async function seated({ seeker, staff, see }) {
  const receipt = await apply(seeker, { seat: true, see: (step) => see(seeker, step) });
  await desk.openApplication(staff, receipt);
  await see(staff, "application");
  await desk.decideAll(staff);
  await staff.goto("/desk/groups");
  await see(staff, "list");
  await staff.locator("main table a").first().click();
  await see(staff, "waiting");
  await staff.locator("#waiting ~ ul, section[aria-labelledby=waiting] ul")
    .getByRole("button", { name: receipt }).click();
  await desk.says(staff, "返事を待つ申し込みはありません");
  await press(staff, "保存する");
  await refused(staff);
  await see(staff, "joining-empty");
  await staff.fill("#invitation", desk.INVITATION);
  await press(staff, "保存する");
  await desk.says(staff, "812 3456 7890");
  await see(staff, "seated");
  return receipt;
}

/** It begins: who comes is told how to join, and others learn no name. @param {Cast} cast @param {string} receipt */
async function joined(cast, receipt) {
  const { seeker, staff, see, seeInEach } = cast;
  const group = new URL(staff.url()).pathname;
  await comeBack(cast, receipt, "日時の確定");
  await seeInEach(seeker, "status");
  await later(cast, () => desk.clockToStart(staff, STARTS));
  await comeBack(cast, receipt, "日時の確定");
  await seeker.goto("/join");
  await desk.keepsQuiet(seeker, "538276");
  await seeInEach(seeker, "join");
  await see(seeker, "join");
  await seeker.locator("main form[action='/join'] button").click();
  await desk.says(seeker, "812 3456 7890");
  await see(seeker, "way-in");
  await staff.goto(group);
  await see(staff, "begun");
  await press(staff, "まだの方も全員入室");
  await press(staff, "全員 実施");
  await see(staff, "held");
  await staff.goto(`${group}/print`);
  await desk.keepsQuiet(staff, NAME);
  await see(staff, "print");
}

/** @param {Cast} cast */
async function planned({ staff, see }) {
  await staff.goto("/desk/groups/new");
  await see(staff, "new");
  await staff.locator("main form button[type=submit], main form button.button").last().click();
  await refused(staff);
  await see(staff, "new-empty");
}

/** @param {Cast} cast */
async function play(cast) {
  const receipt = await seated(cast);
  await joined(cast, receipt);
  await planned(cast);
}

export const scenes = [scene("seat in a group", play)];
