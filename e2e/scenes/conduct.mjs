// Somebody breaks the terms, and objects to what was decided; somebody did not come, and is declined.

import * as desk from "../desk.mjs";
import { comeBack, fill, later, press, refused, scene, unfold } from "../office.mjs";
import { apply, fillIn, next } from "../seeker.mjs";

/** @typedef {import("../office.mjs").Cast} Cast */

const REASON = "ほかの人の名前で申し込んだことを、本人が認めた（見本）";

/** A session, and what was seen of it. @param {Cast} cast @param {string} receipt */
async function recorded({ staff, see }, receipt) {
  const id = await desk.openApplication(staff, receipt);
  await desk.decideAll(staff);
  await desk.confirmWish(staff);
  await staff.goto(`/desk/sessions/${id}/incident`);
  await press(staff, await staff.locator("main form button.danger").innerText());
  await refused(staff);
  await see(staff, "incident-empty");
  await staff.selectOption("#item", { index: 2 });
  await staff.fill("#facts", "別の人が答えていた。<b>x</b>（見本）");
  await see(staff, "incident");
  await staff.locator("main form button.danger").click();
  await staff.waitForURL("**done=incident");
  await see(staff, "incident-recorded");
  return id;
}

/** A breach, for which use is ended. @param {Cast} cast @param {string} id */
async function ended({ staff, see }, id) {
  await staff.goto("/desk/conduct");
  await see(staff, "register");
  await staff.goto(`/desk/conduct/${id}`);
  await see(staff, "person");
  await unfold(staff, "判断");
  await press(staff, "違反とする");
  await refused(staff);
  await see(staff, "breach-without-reason");
  await staff.locator("input[id^='breach-']").first().fill(REASON);
  await press(staff, "違反とする");
  await unfold(staff, "利用を中止する");
  await press(staff, "利用の中止を決める");
  await refused(staff);
  await see(staff, "ending-empty");
  await staff.selectOption("#incident", { index: 1 });
  await fill(staff, { end_clause: "8(2)", end_reason: REASON });
  await staff.check("input[name=tells]");
  await press(staff, "利用の中止を決める");
  await desk.says(staff, "利用を中止しています");
  await see(staff, "ended");
  await staff.goto(`/desk/applications/${id}`);
  await see(staff, "application-of-somebody-whose-use-ended");
}

/** The next application is not taken, and the page says no more than where to ask. @param {Cast} cast */
async function notTaken({ seeker, see }) {
  await fillIn(seeker);
  await next(seeker);
  await seeker.waitForLoadState();
  desk.must(!seeker.url().includes("received"), "the application was taken");
  const said = await seeker.locator("main").innerText();
  desk.must(!said.includes("8(2)") && !said.includes("違反"), `the page tells why:\n${said}`);
  await desk.says(seeker, "お電話");
  const foot = await seeker.locator("footer").innerText();
  desk.must(foot.includes("00-0000-0000"), "no number to call");
  await see(seeker, "not-taken");
}

/** An objection on the person's own page, and its answer. @param {Cast} cast @param {string} receipt @param {string} id */
async function objected(cast, receipt, id) {
  const { seeker, staff, see, seeInEach } = cast;
  await comeBack(cast, receipt, "申し込みの受付");
  await seeInEach(seeker, "status-ended");
  await seeker.locator("main a[href='/status/objection']").click();
  await seeInEach(seeker, "objection");
  await next(seeker);
  await refused(seeker);
  await see(seeker, "objection-empty");
  await seeker.fill("#words", "わたしではありません。<b>x</b>（見本）");
  await next(seeker);
  await seeker.waitForLoadState();
  await seeker.goto("/status/objection");
  await seeInEach(seeker, "objection-waits");
  await staff.goto("/desk/conduct");
  await see(staff, "objection-in-the-register");
  await staff.goto(`/desk/conduct/${id}`);
  await unfold(staff, "回答する");
  await press(staff, "回答を決める");
  await refused(staff);
  await see(staff, "answer-empty");
  await staff.locator("input[id^='answer-']").fill("別の人であることが分かった（見本）");
  await staff.check("input[name=answer][value=lifted]");
  await press(staff, "回答を決める");
  await desk.says(staff, "取り消す");
  desk.must((await staff.locator(".notice.danger").count()) === 0, "use is still ended");
  await see(staff, "answered");
  await seeker.goto("/status");
  desk.must((await seeker.locator("main a[href='/status/objection']").count()) === 0, "it stands");
  await desk.openLetter(staff, receipt, "異議への回答");
}

/** @param {Cast} cast */
async function breaks(cast) {
  const receipt = await apply(cast.seeker);
  const id = await recorded(cast, receipt);
  await ended(cast, id);
  await notTaken(cast);
  await objected(cast, receipt, id);
  // What was lifted keeps nobody out.
  await apply(cast.seeker);
}

/** @param {Cast} cast */
async function declined(cast) {
  const { staff, see } = cast;
  await later(cast, async () => {
    await staff.goto("/demo");
    await staff.click("button[name=to]");
    await staff.waitForURL("**/demo");
    await desk.forward(staff, 10);
  });
  await staff.goto("/desk/today");
  const line = staff.locator("li.session", { hasText: "みなしキャンセル" }).first();
  const id = ((await line.getAttribute("id")) ?? "").slice(1);
  await staff.goto(`/desk/conduct/${id}`);
  await unfold(staff, "今後の利用をお断りする");
  await see(staff, "declining");
  await press(staff, "お断りを決める");
  await refused(staff);
  await staff.fill("#decline_reason", "連絡のない欠席が続いた（見本）");
  await press(staff, "お断りを決める");
  await desk.says(staff, "今後の利用をお断りしている期間です");
  await unfold(staff, "本人の異議を記録する");
  await see(staff, "objection-by-telephone");
  await staff.locator("select[name=way]").first().selectOption("telephone");
  await staff.locator("textarea[name=words]").first().fill("電車が止まっていた（見本）");
  await press(staff, "記録する");
  await desk.says(staff, "回答待ち");
  await unfold(staff, "お断りを解除する");
  await staff.locator("input[id^='lift-declining-']").fill("事情が分かった（見本）");
  await press(staff, "お断りを解除する");
  await desk.says(staff, "解除");
  await see(staff, "declining-lifted");
}

export const scenes = [scene("conduct ended", breaks), scene("conduct declined", declined)];
