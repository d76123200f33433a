// Sharing with a body concerned: asked each time, agreed to or not by equal buttons, and taken back.

import * as desk from "../desk.mjs";
import { comeBack, fill, later, press, refused, scene } from "../office.mjs";
import { apply } from "../seeker.mjs";

/** @typedef {import("../office.mjs").Cast} Cast */
/** @typedef {import("playwright-core").Page} Page */

/** The administrator lists whom one may share with. @param {Cast} cast */
async function listed({ colleague, see }) {
  const kanri = await colleague("kanri");
  await kanri.goto("/desk/sharing");
  await press(kanri, "登録する");
  await refused(kanri);
  await see(kanri, "partner-empty");
  await fill(kanri, { name: "見本難病相談支援センター", contact: "00-0000-0001 相談係" });
  await press(kanri, "登録する");
  await see(kanri, "partner-listed");
}

/** A counsellor asks during the session. @param {Cast} cast @param {string} id */
async function asked({ colleague, see }, id) {
  const counsellor = await colleague("soudan");
  await counsellor.goto(`/desk/sessions/${id}/sharing`);
  await press(counsellor, "この内容で尋ねる");
  await refused(counsellor);
  await see(counsellor, "question-empty");
  await counsellor.selectOption("#partner", { index: 1 });
  await counsellor.check("input[name=items][value=name]");
  await counsellor.check("input[name=items][value=accommodation]");
  await counsellor.locator("input[name=purpose]").first().check();
  await counsellor.fill("#sentence", "通院と両立できる職場を、いっしょに探すためです。");
  await press(counsellor, "この内容で尋ねる");
  await desk.says(counsellor, "返事待ち");
  await see(counsellor, "asked");
  return counsellor;
}

/** No answer is easier to give than the other. @param {Page} page */
async function equalButtons(page) {
  const looks = await page.locator("form[action='/status/sharing'] button").evaluateAll((all) =>
    all.map((it) => {
      const { backgroundColor, color, borderColor, fontSize, width, height } = getComputedStyle(it);
      return [it.className, backgroundColor, color, borderColor, fontSize, width, height].join();
    }));
  desk.must(looks.length === 2 && looks[0] === looks[1], `the buttons differ: ${looks.join(" / ")}`);
}

/** @param {Cast} cast */
async function play(cast) {
  const { seeker, staff, see, seeInEach } = cast;
  await listed(cast);
  const receipt = await apply(seeker, {
    supports: ["rare_disease_supporter"],
    see: async (step) => {
      if (["reasons", "length"].includes(step)) await see(seeker, step);
    },
  });
  const id = await desk.openApplication(staff, receipt);
  await desk.decideAll(staff);
  await see(staff, "application-for-the-supporter");
  await desk.confirmWish(staff);
  const counsellor = await asked(cast, id);
  for (const lang of ["en", "ja-easy", "ja"]) {
    await seeker.goto(`/status?lang=${lang}`);
    await equalButtons(seeker);
  }
  await seeInEach(seeker, "question");
  await see(seeker, "question");
  await seeker.locator("button[name=answer][value=give]").click();
  await seeker.waitForLoadState();
  await seeInEach(seeker, "agreed");
  await counsellor.reload();
  await counsellor.locator("summary", { hasText: "共有したことを記録する" }).click();
  await counsellor.locator("form[action$='/share'] input[name=items]").first().check();
  await see(counsellor, "to-be-told");
  await press(counsellor, "共有を記録する");
  await desk.says(counsellor, "共有済み");
  await seeker.goto("/status");
  await seeker.locator("button[name=answer][value=withdraw]").click();
  await seeker.waitForLoadState();
  await seeInEach(seeker, "withdrawn");
  await staff.goto("/desk/sharing");
  await desk.says(staff, "取りやめを相手に連絡");
  await see(staff, "register");
  await counsellor.reload();
  await press(counsellor, "相手に連絡した");
  await see(counsellor, "partner-was-told");
}

export const scenes = [scene("sharing asked", play)];
