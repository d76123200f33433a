// The session itself, in two browsers: the check of a device, the join page, waiting, talking, the
// end, and what can go wrong on the way.

import { PHONE, visitor } from "../look.mjs";
import { arrived, seeEachOther, until, watchCalls } from "../call.mjs";
import * as desk from "../desk.mjs";
import {
  begun, cameOut, comesAlong, inTheCall, knocks, letIn, opens, scene, staffCome,
} from "../session.mjs";
import { tells } from "../words.mjs";

/** @import { Cast } from "../session.mjs" */

/** Every part of the check, with devices that are there. @param {Cast} cast */
async function checked(cast) {
  const { seeker } = cast;
  await seeker.goto("/check-device");
  await cast.see(seeker, "check");
  for (const part of ["microphone", "speaker", "camera", "relay", "speed"]) {
    await seeker.click(`#do-${part}`);
    if (part === "speaker") await seeker.click("#heard-yes");
    if (part !== "speed") await cameOut(seeker, part, "good");
  }
  // Measured, and judged by what was measured: how quick this machine is today is not the question.
  for (const [part, field] of [["latency", "latency_ms"], ["speed", "speed_kbps"]]) {
    await seeker.locator(`#check-${part}[data-outcome]`).waitFor();
    const value = await seeker.locator(`#check-form [name=${field}]`).inputValue();
    desk.must(/^\d+$/.test(value), `${part} was not measured: ${value}`);
  }
  await cast.see(seeker, "check-made");
  await seeker.locator("#check-form button[type=submit]").click();
  await seeker.waitForURL("**/check-device/done");
  await cast.see(seeker, "check-done");
}

/** The whole story. @param {Cast} cast */
async function story(cast) {
  const { seeker, staff } = cast;
  await begun(cast);
  await checked(cast);
  await knocks(cast, seeker);
  await tells(seeker, cast.lang, "session-staff-not-here");
  await staffCome(cast);
  await letIn(staff);
  await seeEachOther(seeker, staff);
  await cast.see(seeker, "call");
  await cast.see(staff, "desk-call");
  await staff.fill("#caption-text", "こんにちは。よろしくお願いします。");
  await staff.press("#caption-text", "Enter");
  await seeker.locator("#captions", { hasText: "よろしくお願いします" }).waitFor();
  await seeker.fill("#chat-text", "<b>よろしく</b>");
  await seeker.press("#chat-text", "Enter");
  await staff.locator("#chat-log", { hasText: "<b>よろしく</b>" }).waitFor();
  await cast.see(seeker, "captions-and-chat");
  await staff.click("#end");
  await cast.see(staff, "desk-end-asked");
  await staff.click("#end-do");
  await seeker.locator("#over").waitFor();
  await cast.see(seeker, "over");
  await staff.goto("/desk/today");
  const line = await staff.locator(`#s${cast.id}`).innerText();
  desk.must(line.includes("入室"), `arrival is not on the board: ${line}`);
  await desk.clickOnBoard(staff, cast.id, "実施");
  await seeker.goto("/status");
  await tells(seeker, cast.lang, "status-held");
}

/** Sound alone, reloads, a lost relay. @param {Cast} cast */
async function trouble(cast) {
  const { seeker, staff } = cast;
  await inTheCall(cast);
  await seeker.click("#camera");
  await until("sound alone", async () => {
    const before = await arrived(staff);
    await new Promise((resolve) => setTimeout(resolve, 700));
    const after = await arrived(staff);
    return after.frames === before.frames && after.sound > before.sound;
  });
  await cast.see(staff, "desk-sound-alone");
  await seeker.click("#camera");
  await seeEachOther(seeker, staff);
  for (const page of [seeker, staff]) {
    await page.reload();
    await seeEachOther(seeker, staff);
  }
  await seeker.evaluate(() => {
    /** @type {RTCPeerConnection[]} */
    const made = Reflect.get(globalThis, "connections");
    for (const connection of made) connection.close();
  });
  await staff.locator(".tile .note:not([hidden])").first().waitFor();
  await seeker.reload();
  await seeEachOther(seeker, staff);
}

/** A second device, a companion, and the telephone. @param {Cast} cast */
async function others(cast) {
  const { seeker, staff } = cast;
  await inTheCall(cast);
  const second = await visitor(cast.browser, cast.window, { viewport: PHONE, lang: cast.lang });
  await watchCalls(second.page);
  await opens(cast, second.page);
  await second.page.goto("/join/room");
  await second.page.locator("#in-use").waitFor();
  await cast.see(second.page, "in-use");
  await staff.locator("#second-uses li").waitFor();
  await desk.says(staff, "さんのリンクが、別の端末でも使われています。");
  desk.must((await staff.title()).startsWith("(1) "), "the tab does not tell of a second use");
  await cast.see(staff, "desk-second-use");
  await second.context.close();
  await until("the alarm is over", async () => (await staff.locator("#second-uses li").count()) === 0);
  await until("the tab is as before", async () => !(await staff.title()).startsWith("("));
  const guest = await comesAlong(cast, "companion");
  await guest.page.locator("#waiting").waitFor();
  await guest.page.click("#without-camera");
  await letIn(staff);
  await until("three talk", async () => (await arrived(guest.page)).open === 2);
  await cast.see(guest.page, "companion");
  await cast.see(staff, "desk-three");
  await staff.locator("[data-move=telephone]").click();
  for (const page of [seeker, guest.page]) {
    await page.waitForURL(page === seeker ? "**/join" : "**/take-part");
    await tells(page, cast.lang, "session-way-telephone");
  }
  await cast.see(seeker, "moved-to-telephone");
  await guest.context.close();
}

/** The session is called off while the person waits, and staff sign out of a call. @param {Cast} cast */
async function shut(cast) {
  const { seeker, staff } = cast;
  await inTheCall(cast);
  const desks = await staff.context().newPage();
  await desks.goto("/desk");
  await desks.getByRole("button", { name: "サインアウト" }).click();
  await staff.locator("#over").waitFor();
  await cast.see(staff, "desk-signed-out");
  await seeker.locator("#alone").waitFor();
  await desk.signIn(desks, cast.window, "shocho");
  await desks.goto(`/desk/sessions/${cast.id}`);
  await desks.locator("#stopping summary").click();
  await desks.locator("#stopping input[name=cause]").first().check();
  await desks.getByRole("button", { name: "中止する" }).click();
  await seeker.waitForURL("**/join");
  await tells(seeker, cast.lang, "session-door-stopped");
  await cast.see(seeker, "door-stopped");
}

export const scenes = [
  scene("story", story, "ja"),
  scene("story", story, "ja-easy"),
  scene("story", story, "en"),
  scene("trouble", trouble, "ja"),
  scene("others", others, "en"),
  scene("shut", shut, "ja-easy"),
];
