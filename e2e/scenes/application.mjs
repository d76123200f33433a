// A jobseeker applies: each language, on a telephone and on a desktop, with and without scripts.

import { DESKTOP, PHONE, look, visitor } from "../look.mjs";
import { apply, seeing } from "../seeker.mjs";
import { openWindow } from "../window.mjs";

const MONDAY = "2026-11-16T09:30:00+09:00";

/**
 * @param {string} lang
 * @param {{ width: number, height: number }} viewport
 * @param {boolean} javaScript
 */
function journey(lang, viewport, javaScript) {
  const how = `${lang}-${viewport.width}${javaScript ? "" : "-plain"}`;
  return {
    name: `a jobseeker applies (${how})`,
    /** @param {{ browser: import("playwright-core").Browser, output: string }} given */
    play: async ({ browser, output }) => {
      const window = await openWindow(MONDAY);
      try {
        const person = await visitor(browser, window, { viewport, javaScript, lang });
        await person.page.goto(`/?lang=${lang}`);
        await apply(person.page, { see: seeing(person.page, output, `apply-${how}`) });
        await person.page.goto("/status");
        await look(person.page, output, `apply-${how}-90-status`);
        if (person.foreign.length > 0) throw new Error(`left the window: ${person.foreign}`);
        if (person.faults.length > 0) throw new Error(person.faults.join("\n"));
        await person.context.close();
      } finally {
        await window.end();
      }
    },
  };
}

export const scenes = [
  journey("ja", PHONE, true),
  journey("ja", PHONE, false),
  journey("ja-easy", PHONE, true),
  journey("en", PHONE, true),
  journey("ja", DESKTOP, true),
  journey("ja-easy", DESKTOP, false),
  journey("en", DESKTOP, true),
];
