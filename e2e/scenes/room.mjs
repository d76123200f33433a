// The session itself, in two browsers: the check of a device, the join page, waiting, talking, the
// end, and what can go wrong on the way.

import { DESKTOP, PHONE, look, visitor } from "../look.mjs";
import { arrived, seeEachOther, until, watchCalls } from "../call.mjs";
import * as desk from "../desk.mjs";
import { apply } from "../seeker.mjs";
import { openWindow } from "../window.mjs";
import { tells } from "../words.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Browser} Browser */

/**
 * @typedef {object} Cast
 * @property {Browser} browser
 * @property {{ url: string, password: string }} window
 * @property {string} lang
 * @property {Page} seeker
 * @property {Page} staff a manager, who holds the session
 * @property {(page: Page, step: string) => Promise<void>} see
 * @property {string} id of the session
 * @property {string} link of the letter
 */

const MONDAY = "2026-11-16T09:30:00+09:00";

/** A session whose start has come. @param {Cast} cast */
async function begun(cast) {
  const { seeker, staff } = cast;
  await seeker.goto(`/?lang=${cast.lang}`);
  let start = "";
  const receipt = await apply(seeker, {
    choose: async (page) => {
      await page.locator("details.day summary").last().click();
      const time = page.locator("button[name=start]").last();
      start = (await time.getAttribute("value")) ?? "";
      await time.click();
    },
  });
  cast.id = await desk.openApplication(staff, receipt);
  await desk.decideAll(staff);
  await desk.confirmWish(staff);
  cast.link = (await desk.openLetter(staff, receipt, "日時の確定")).link;
  await opens(cast, seeker);
  await cast.see(seeker, "status-before");
  await seeker.goto("/join");
  await cast.see(seeker, "door-too-early");
  await desk.clockToStart(staff, start);
  await desk.signIn(staff, cast.window, "shocho");
  await opens(cast, seeker);
}

/** The link of the letter, in this browser. @param {Cast} cast @param {Page} page */
async function opens(cast, page) {
  await page.goto(`${cast.link}?lang=${cast.lang}`);
  await page.locator("form[action^='/link/'] button").click();
  await page.waitForURL("**/status");
}

/** Every part of the check, with devices that are there. @param {Cast} cast */
async function checked(cast) {
  const { seeker } = cast;
  await seeker.goto("/check-device");
  await cast.see(seeker, "check");
  for (const part of ["microphone", "speaker", "camera", "relay", "speed"]) {
    await seeker.click(`#do-${part}`);
    if (part === "speaker") await seeker.click("#heard-yes");
    const outcome = seeker.locator(`#check-${part} .outcome`);
    await until(`${part} is checked`, async () => {
      const text = (await outcome.innerText()).trim();
      return text !== "" && (await seeker.locator(`#do-${part}`).isEnabled());
    });
  }
  await cast.see(seeker, "check-made");
  await seeker.locator("#check-form button[type=submit]").click();
  await seeker.waitForURL("**/check-device/done");
  await cast.see(seeker, "check-done");
}

/** Through the join page into the waiting room. @param {Cast} cast @param {Page} page */
async function knocks(cast, page, button = "#with-camera") {
  await page.goto("/join");
  await cast.see(page, "join");
  await page.locator("main form[action='/join'] button").click();
  await page.waitForURL("**/join/room");
  await page.locator("#waiting").waitFor();
  await page.click(button);
  const { open } = await arrived(page);
  desk.must(open === 0, "a connection was made before anybody was let in");
}

/** Staff come to the room. @param {Cast} cast */
async function staffCome(cast) {
  await cast.staff.goto(`/desk/sessions/${cast.id}`);
  await cast.see(cast.staff, "session");
  await cast.staff.getByRole("link", { name: "ルームに入る" }).click();
  await cast.staff.waitForURL("**/room");
  await cast.staff.click("#with-camera");
  await cast.staff.locator("#waiting-list li").waitFor();
}

/** Lets in who waits longest. @param {Page} staff */
async function letIn(staff) {
  await staff.locator("#waiting-list").getByRole("button", { name: "入室を許可" }).first().click();
}

/** Two are in the call. @param {Cast} cast */
export async function inTheCall(cast) {
  await begun(cast);
  await knocks(cast, cast.seeker);
  await cast.see(cast.seeker, "waiting");
  await staffCome(cast);
  await cast.see(cast.staff, "desk-somebody-waits");
  await letIn(cast.staff);
  const took = await seeEachOther(cast.seeker, cast.staff);
  console.log(`       let in, and seen on both sides after ${took} ms`);
  for (const page of [cast.seeker, cast.staff]) {
    desk.must((await arrived(page)).relayed, "a browser told its own address");
  }
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
  await cast.see(staff, "desk-second-use");
  await second.context.close();
  await until("the alarm is over", async () => (await staff.locator("#second-uses li").count()) === 0);
  const link = await invited(cast);
  const guest = await visitor(cast.browser, cast.window, { viewport: PHONE, lang: cast.lang });
  await watchCalls(guest.page);
  await guest.page.goto(link);
  await guest.page.locator("form[action^='/take-part/link/'] button").click();
  await guest.page.waitForURL("**/take-part");
  await cast.see(guest.page, "take-part");
  await guest.page.locator("main form[action='/take-part'] button").click();
  await guest.page.waitForURL("**/take-part/room");
  await guest.page.locator("#waiting").waitFor();
  await guest.page.click("#without-camera");
  await letIn(staff);
  await until("three talk", async () => (await arrived(guest.page)).open === 2);
  await cast.see(guest.page, "companion");
  await cast.see(staff, "desk-three");
  await staff.locator("[data-move=telephone]").click();
  await seeker.waitForURL("**/join");
  await cast.see(seeker, "moved-to-telephone");
  await guest.context.close();
}

/** A companion's link, from the page of the session. @param {Cast} cast */
async function invited(cast) {
  const page = await cast.staff.context().newPage();
  await page.goto(`/desk/sessions/${cast.id}`);
  await page.locator("summary", { hasText: "同席の方のリンクを作る" }).click();
  await page.getByRole("button", { name: "リンクを作る" }).click();
  await cast.see(page, "invited");
  const link = (await page.locator("#way ~ form .link, .link").last().innerText()).trim();
  await page.close();
  return link;
}

/**
 * @param {string} name
 * @param {(cast: Cast) => Promise<void>} play
 * @param {string} lang
 */
function scene(name, play, lang) {
  return {
    name: `${name} (${lang})`,
    /** @param {{ browser: Browser, output: string }} given */
    play: async ({ browser, output }) => {
      const window = await openWindow(MONDAY, "room");
      try {
        const person = await visitor(browser, window, { viewport: PHONE, lang });
        const clerk = await visitor(browser, window, { viewport: DESKTOP });
        for (const { page } of [person, clerk]) await watchCalls(page);
        await desk.signIn(clerk.page, window, "shocho");
        let count = 0;
        const see = async (/** @type {Page} */ page, /** @type {string} */ step) => {
          count += 1;
          await look(page, output, `room-${name}-${lang}-${String(count).padStart(2, "0")}-${step}`);
        };
        const pages = { seeker: person.page, staff: clerk.page };
        await play({ browser, window, lang, ...pages, see, id: "", link: "" });
        for (const { context, foreign, faults } of [person, clerk]) {
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
  scene("story", story, "ja"),
  scene("story", story, "ja-easy"),
  scene("story", story, "en"),
  scene("trouble", trouble, "ja"),
  scene("others", others, "en"),
];
