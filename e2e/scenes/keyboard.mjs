// The keyboard alone suffices, on both sides: Tab, Enter and Escape, from the join page to the end.

import { arrived, seeEachOther, until } from "../call.mjs";
import { must } from "../desk.mjs";
import { begun, scene } from "../session.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */

/** A page that needs more steps than this from one control to the next is a maze. */
const STEPS = 60;

/**
 * Goes to a control by Tab, as far as it takes, and sees that where one is can be seen.
 * @param {Page} page
 * @param {Locator} wanted
 */
export async function tabTo(page, wanted) {
  await wanted.waitFor();
  for (let step = 0; step < STEPS; step += 1) {
    if (await wanted.evaluate((it) => it === document.activeElement)) {
      const isSeen = await wanted.evaluate((it) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(it);
        const hasOutline = outlineStyle !== "none" && outlineWidth !== "0px";
        return it.matches(":focus-visible") && (hasOutline || boxShadow !== "none");
      });
      must(isSeen, `the focus is not seen on ${await wanted.innerText()}`);
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`no way by Tab to ${wanted}`);
}

/** @param {Page} page @param {Locator} wanted */
export async function press(page, wanted) {
  await tabTo(page, wanted);
  await page.keyboard.press("Enter");
}

/** @param {import("../session.mjs").Cast} cast */
async function play(cast) {
  const { seeker, staff } = cast;
  await begun(cast);
  await seeker.goto("/join");
  await press(seeker, seeker.locator("main form[action='/join'] button"));
  await seeker.waitForURL("**/join/room");
  await seeker.locator("#waiting").waitFor();
  await press(seeker, seeker.locator("#without-camera"));
  await staff.goto(`/desk/sessions/${cast.id}`);
  await press(staff, staff.getByRole("link", { name: "ルームに入る" }));
  await staff.waitForURL("**/room");
  await press(staff, staff.locator("#with-camera"));
  await press(staff, staff.locator("#waiting-list button").first());
  await until("they talk", async () => (await arrived(seeker)).open === 1);
  await press(seeker, seeker.locator("#camera"));
  await seeEachOther(seeker, staff);
  await tabTo(seeker, seeker.locator("#chat-text"));
  await seeker.keyboard.type("よろしくお願いします");
  await seeker.keyboard.press("Enter");
  await staff.locator("#chat-log", { hasText: "よろしくお願いします" }).waitFor();
  await tabTo(staff, staff.locator("#caption-text"));
  await staff.keyboard.type("こんにちは");
  await staff.keyboard.press("Enter");
  await seeker.locator("#captions", { hasText: "こんにちは" }).waitFor();
  // Ending is asked once more; Escape takes it back.
  await press(staff, staff.locator("#end"));
  await staff.keyboard.press("Escape");
  await staff.locator("#end-sure").waitFor({ state: "hidden" });
  await press(staff, staff.locator("#end"));
  await press(staff, staff.locator("#end-do"));
  await seeker.locator("#over").waitFor();
  await press(seeker, seeker.locator("#over a.button"));
  await seeker.waitForURL("**/status");
}

export const scenes = [scene("keyboard alone", play, "ja")];
