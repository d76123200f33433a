// @ts-check
/** Showing the screen: in the staff's page only (article 5(4)). */

import { byId, say } from "./words.js";

/** @import { LocalMedia } from "./media.js" */

/**
 * @param {LocalMedia} media
 * @param {(key: string) => void} tell
 * @param {() => boolean} mayShow whether the office designates it
 */
export function screenControl(media, tell, mayShow) {
  const control = byId("share");
  control.addEventListener("click", async () => {
    if (media.screen) {
      media.setScreen(null);
      return;
    }
    try {
      const video = { frameRate: { max: 15 } };
      const stream = await navigator.mediaDevices.getDisplayMedia({ video, audio: false });
      const track = stream.getVideoTracks()[0] ?? null;
      if (track) {
        track.contentHint = "detail";
      }
      media.setScreen(track);
    } catch {
      tell("share-failed");
    }
  });
  return () => {
    control.hidden = !navigator.mediaDevices?.getDisplayMedia || !mayShow();
    control.dataset.on = String(Boolean(media.screen));
    say(control, media.screen ? "share-off" : "share-on");
  };
}
