// What staff do with a room: show a screen, send back, put out, go on elsewhere, be four in it; and
// what a page does whose line was down meanwhile.

import { PHONE, visitor } from "../look.mjs";
import { arrived, seeEachOther, until } from "../call.mjs";
import * as desk from "../desk.mjs";
import {
  begun, comesAlong, inTheCall, knocks, letIn, opens, scene, staffCome,
} from "../session.mjs";
import { tells } from "../words.mjs";

/** @import { Cast } from "../session.mjs" */
/** @typedef {import("playwright-core").Page} Page */

/** Whether pictures arrive now. @param {Page} page */
async function moves(page) {
  const before = (await arrived(page)).frames;
  await new Promise((resolve) => setTimeout(resolve, 500));
  return (await arrived(page)).frames > before;
}

/** Staff show a screen, and stop. @param {Cast} cast */
async function screen(cast) {
  const { seeker, staff } = cast;
  await inTheCall(cast);
  desk.must((await seeker.locator("#share").count()) === 0, "a guest is offered to show a screen");
  await staff.click("#camera");
  await until("the camera is off", async () => !(await moves(seeker)));
  await staff.click("#share");
  await seeker.locator(".tile.screen:not([hidden])").waitFor();
  await until("the screen is decoded", () => moves(seeker));
  await cast.see(seeker, "screen");
  await cast.see(staff, "desk-screen");
  await staff.click("#share");
  await seeker.locator(".tile.screen").waitFor({ state: "hidden" });
  await until("the screen is over", async () => !(await moves(seeker)));
}

/** Sent back, let in again, put out, and let in once more. @param {Cast} cast */
async function putOut(cast) {
  const { seeker, staff, lang } = cast;
  await inTheCall(cast);
  const inCall = staff.locator("#in-call");
  await inCall.getByRole("button", { name: "待合に戻す" }).click();
  await seeker.locator("#waiting").waitFor();
  await tells(seeker, lang, "session-sent-back");
  await until("nobody is connected", async () => (await arrived(seeker)).open === 0);
  await cast.see(seeker, "sent-back");
  await staff.locator("#waiting-list li").waitFor();
  await letIn(staff);
  await seeEachOther(seeker, staff);
  await inCall.getByRole("button", { name: "退室させる" }).click();
  await seeker.locator("#over").waitFor();
  await tells(seeker, lang, "session-closed-removed");
  desk.must((await arrived(seeker)).open === 0, "who was put out still hears");
  await cast.see(seeker, "removed");
  await staff.locator("#away li").waitFor();
  await cast.see(staff, "desk-removed");
  await seeker.goto("/join/room");
  await seeker.locator("#over").waitFor();
  await staff.locator("#away").getByRole("button", { name: "入室を許す" }).click();
  await seeker.goto("/join/room");
  await seeEachOther(seeker, staff);
}

/** The session goes on in a meeting made by hand, with scripts and without. @param {Cast} cast */
async function byHand(cast) {
  const { seeker, staff, lang } = cast;
  await begun(cast);
  await staff.goto(`/desk/sessions/${cast.id}`);
  await staff.locator("#joining-form summary").click();
  await staff.fill("#invitation", desk.INVITATION);
  await staff.locator("#joining-form button").click();
  await desk.says(staff, "参加方法を保存しました");
  await knocks(cast, seeker);
  await staffCome(cast);
  await staff.locator("[data-move=by_hand]").click();
  await seeker.waitForURL("**/join");
  await staff.locator("#moved").waitFor();
  await cast.see(staff, "desk-moved");
  const plain = await visitor(cast.browser, cast.window, { javaScript: false, lang });
  await opens(cast, plain.page);
  await plain.page.goto("/join");
  // Another browser asks for it, which the desk is told; the one that waited goes on.
  await plain.page.locator("main form[action='/join'] button").click();
  for (const page of [seeker, plain.page]) {
    await tells(page, lang, "session-moved-here");
    await tells(page, lang, "session-way-by-hand-keep");
    await desk.says(page, "812 3456 7890");
    await desk.says(page, "538276");
    await cast.see(page, page === seeker ? "by-hand" : "by-hand-without-scripts");
  }
  await plain.context.close();
}

/** Four talk, and no fifth comes in. @param {Cast} cast */
async function four(cast) {
  const { staff } = cast;
  // The way in is looked at by other scenes.
  const quick = { ...cast, see: async () => {} };
  await inTheCall(quick);
  const roles = /** @type {const} */ (["companion", "interpreter"]);
  const guests = [];
  for (const role of roles) {
    const guest = await comesAlong(quick, role);
    await guest.page.click("#without-camera");
    await staff.locator("#waiting-list li").waitFor();
    await letIn(staff);
    guests.push(guest);
  }
  for (const page of [cast.seeker, staff, ...guests.map((guest) => guest.page)]) {
    await until("each is connected with three", async () => (await arrived(page)).open === 3);
  }
  await cast.see(staff, "desk-four");
  await cast.see(cast.seeker, "four");
  const fifth = await comesAlong(quick, "supporter");
  await fifth.page.locator("#over").waitFor();
  await tells(fifth.page, cast.lang, "session-closed-full");
  for (const { context } of [...guests, fifth]) await context.close();
}

/** The door is shut while a page cannot hear of it. @param {Cast} cast */
async function unheard(cast) {
  const { seeker, staff, lang } = cast;
  await inTheCall(cast);
  await seeker.context().setOffline(true);
  await seeker.locator("#room[data-line=broken], #room[data-line=opening]").waitFor({ timeout: 25_000 });
  await staff.locator("[data-move=telephone]").click();
  await staff.locator("#moved").waitFor();
  await seeker.context().setOffline(false);
  await seeker.waitForURL("**/join");
  await tells(seeker, lang, "session-way-telephone");
  await cast.window.dies(`${cast.start.slice(0, 10)}T23:00:00+09:00`);
  await staff.locator("#over").waitFor({ timeout: 20_000 });
  await desk.says(staff, "サインインの画面になります");
  await cast.see(staff, "desk-unheard");
}

/** The office designates no camera for guests: nobody is asked for one. @param {Cast} cast */
async function unseen(cast) {
  const { seeker, staff, lang } = cast;
  await cast.window.designates({ camera: "staff_only" });
  await begun(cast);
  await knocks(cast, seeker, "#without-camera");
  // As it was kept on a day on which the office still designated it.
  await seeker.evaluate(() => sessionStorage.setItem("madoguchi-camera", "on"));
  await seeker.reload();
  await seeker.locator("#own-level").waitFor();
  await staffCome(cast);
  await letIn(staff);
  await until("the counsellor is seen", async () => (await arrived(seeker)).frames > 0);
  await until("the jobseeker is heard", async () => (await arrived(staff)).sound > 0);
  for (const id of ["#camera", "#with-camera", "#sparing"]) {
    desk.must(!(await seeker.locator(id).isVisible()), `${id} is shown`);
  }
  const fault = await seeker.locator("#video-fault").innerText();
  desk.must(fault === "", `told of a camera that is not designated: ${fault}`);
  await cast.see(seeker, "unseen");
  await seeker.evaluate(() => sessionStorage.clear());
  await seeker.reload();
  // Nothing is asked before the first state says what is designated.
  await seeker.locator("#choose").waitFor();
  await tells(seeker, lang, "session-choose-sound");
  await cast.see(seeker, "unseen-asked");
}

export const scenes = [
  scene("screen", screen, "ja"),
  scene("put-out", putOut, "en"),
  scene("by-hand", byHand, "ja-easy"),
  scene("four", four, "ja"),
  scene("unheard", unheard, "ja"),
  scene("unseen", unseen, "ja"),
];
