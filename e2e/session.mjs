// A session in the built-in room, from the application up to the call: what scenes of it begin with.

import { arrived, seeEachOther, watchCalls } from "./call.mjs";
import * as desk from "./desk.mjs";
import { DESKTOP, PHONE, leaveWell, look, visitor } from "./look.mjs";
import { apply } from "./seeker.mjs";
import { openWindow } from "./window.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Browser} Browser */

/**
 * @typedef {object} Cast
 * @property {Browser} browser
 * @property {Awaited<ReturnType<typeof openWindow>>} window
 * @property {string} lang
 * @property {Page} seeker
 * @property {Page} staff a manager, who holds the session
 * @property {(page: Page, step: string) => Promise<void>} see
 * @property {string} id of the session
 * @property {string} link of the letter
 * @property {string} start of the session, as a minute of Tokyo: 2026-12-01T16:00
 */

const MONDAY = "2026-11-16T09:30:00+09:00";

/** A session whose start has come. @param {Cast} cast */
export async function begun(cast) {
  const { seeker, staff } = cast;
  await seeker.goto(`/?lang=${cast.lang}`);
  const receipt = await apply(seeker, {
    choose: async (page) => {
      await page.locator("details.day summary").last().click();
      const time = page.locator("button[name=start]").last();
      cast.start = (await time.getAttribute("value")) ?? "";
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
  await desk.clockToStart(staff, cast.start);
  await desk.signIn(staff, cast.window, "shocho");
  await opens(cast, seeker);
}

/** The link of the letter, in this browser. @param {Cast} cast @param {Page} page */
export async function opens(cast, page) {
  await page.goto(`${cast.link}?lang=${cast.lang}`);
  await page.locator("form[action^='/link/'] button").click();
  await page.waitForURL("**/status");
}

/** Through the join page into the waiting room. @param {Cast} cast @param {Page} page */
export async function knocks(cast, page, button = "#with-camera") {
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
export async function staffCome(cast) {
  await cast.staff.goto(`/desk/sessions/${cast.id}`);
  await cast.see(cast.staff, "session");
  await cast.staff.getByRole("link", { name: "ルームに入る" }).click();
  await cast.staff.waitForURL("**/room");
  await cast.staff.click("#with-camera");
  await cast.staff.locator("#waiting-list li").waitFor();
}

/** Lets in who waits longest. @param {Page} staff */
export async function letIn(staff) {
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

/**
 * Somebody is asked along, and comes to the room by a link of their own.
 * @param {Cast} cast
 * @param {"companion" | "interpreter" | "supporter"} role
 */
export async function comesAlong(cast, role) {
  const desks = await cast.staff.context().newPage();
  await desks.goto(`/desk/sessions/${cast.id}`);
  await desks.locator("summary", { hasText: "同席の方のリンクを作る" }).click();
  await desks.selectOption("#role", role);
  await desks.getByRole("button", { name: "リンクを作る" }).click();
  await cast.see(desks, `invited-${role}`);
  const link = (await desks.locator("#way ~ form .link, .link").last().innerText()).trim();
  await desks.close();
  const guest = await visitor(cast.browser, cast.window, { viewport: PHONE, lang: cast.lang });
  await watchCalls(guest.page);
  await guest.page.goto(link);
  await guest.page.locator("form[action^='/take-part/link/'] button").click();
  await guest.page.waitForURL("**/take-part");
  await cast.see(guest.page, `take-part-${role}`);
  await guest.page.locator("main form[action='/take-part'] button").click();
  await guest.page.waitForURL("**/take-part/room");
  return guest;
}

/**
 * A part of the check of a device has come out like this.
 * @param {Page} page
 * @param {string} part
 * @param {string} outcome a code of `rules::session::device_check::Outcome`
 */
export async function cameOut(page, part, outcome) {
  const card = page.locator(`#check-${part}`);
  // Whatever came out is awaited: what is not wanted then fails by its name, not by a time limit.
  await page.locator(`#check-${part}[data-outcome]`).waitFor();
  const found = await card.getAttribute("data-outcome");
  desk.must(found === outcome, `${part} came out ${found}: ${await card.innerText()}`);
}

/**
 * @param {string} name
 * @param {(cast: Cast) => Promise<void>} play
 * @param {string} lang
 */
export function scene(name, play, lang) {
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
        await play({ browser, window, lang, ...pages, see, id: "", link: "", start: "" });
        await leaveWell([person, clerk]);
      } finally {
        await window.end();
      }
    },
  };
}
