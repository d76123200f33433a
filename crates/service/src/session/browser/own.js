// @ts-check
/** This side's own devices: with or without camera as two equal choices, then switches. */

import { Meter } from "./meter.js";
import { byId, element, say } from "./words.js";

/** @import { LocalMedia } from "./media.js" */

/** Kept for a reload in this tab: who has chosen is not asked again in the middle of a call. */
const CHOICE = "madoguchi-camera";

/**
 * @typedef {object} Wishes
 * @property {(isSparing: boolean) => void} spare
 */

export class Own {
  #media;
  #wishes;
  #meter = new Meter(/** @type {HTMLMeterElement} */ (byId("own-level")));
  #preview = /** @type {HTMLVideoElement} */ (byId("own-video"));
  #microphone = byId("microphone");
  #camera = byId("camera");
  #sparing = byId("sparing");
  #hasChosen = false;
  #isSparing = false;
  /** @type {boolean | null} Unknown until the service has said it: nothing is asked for before. */
  #mayBeSeen = null;

  /**
   * @param {LocalMedia} media
   * @param {Wishes} wishes
   */
  constructor(media, wishes) {
    this.#media = media;
    this.#wishes = wishes;
    byId("with-camera").addEventListener("click", () => this.#choose(true));
    byId("without-camera").addEventListener("click", () => this.#choose(false));
    this.#microphone.addEventListener("click", () => media.setMicrophone(!this.#isHeard));
    this.#camera.addEventListener("click", () => this.setCamera(!media.camera));
    byId("only-sound").addEventListener("click", () => this.setCamera(false));
    this.#sparing.addEventListener("click", () => this.#spare());
    (/** @type {const} */ (["audio", "video"])).forEach((kind) => {
      const list = /** @type {HTMLSelectElement} */ (byId(`${kind}-device`));
      list.addEventListener("change", () => media.choose(kind, list.value));
    });
  }

  /** @param {boolean} mayBeSeen whether the office designates the camera for this side */
  allow(mayBeSeen) {
    const isFirst = this.#mayBeSeen === null;
    if (this.#mayBeSeen !== mayBeSeen) {
      this.#mayBeSeen = mayBeSeen;
      this.draw();
    }
    if (!mayBeSeen && (this.#media.camera || this.#media.faults.video)) {
      this.setCamera(false);
    }
    if (isFirst) {
      this.resume();
    }
  }

  /** After a reload goes on as before. */
  resume() {
    const choice = sessionStorage.getItem(CHOICE);
    if (choice && this.#mayBeSeen !== null) {
      this.#choose(choice === "on");
    }
  }

  /** @param {boolean} isOn */
  async setCamera(isOn) {
    sessionStorage.setItem(CHOICE, isOn ? "on" : "off");
    await this.#media.setCamera(isOn);
  }

  get #isHeard() {
    return Boolean(this.#media.sound) && !this.#media.isMuted;
  }

  /** Draws what the devices do now. */
  draw() {
    const { sound, camera, faults, isTaken } = this.#media;
    byId("choose").hidden = this.#hasChosen || this.#mayBeSeen === null;
    byId("controls").hidden = !this.#hasChosen;
    byId("choose-camera").hidden = !this.#mayBeSeen;
    byId("choose-sound").hidden = Boolean(this.#mayBeSeen);
    byId("with-camera").hidden = !this.#mayBeSeen;
    this.#camera.hidden = !this.#mayBeSeen;
    this.#sparing.hidden = !this.#mayBeSeen;
    byId("own").classList.toggle("unseen", !camera);
    pressed(this.#microphone, this.#isHeard, "microphone");
    pressed(this.#camera, Boolean(camera), "camera");
    pressed(this.#sparing, this.#isSparing, "sparing");
    this.#meter.watch(sound);
    if (this.#shownCamera !== camera) {
      this.#preview.srcObject = camera ? new MediaStream([camera]) : null;
    }
    say(byId("audio-fault"), faults.audio ? `fault-audio-${faults.audio}` : "");
    say(byId("video-fault"), faults.video ? `fault-video-${faults.video}` : "");
    say(byId("taken"), isTaken ? "device-taken" : "");
    this.#drawDevices();
  }

  get #shownCamera() {
    const stream = /** @type {MediaStream | null} */ (this.#preview.srcObject);
    return stream?.getVideoTracks()[0] ?? null;
  }

  /** @param {boolean} withCamera */
  async #choose(withCamera) {
    const hadFocus = byId("choose").contains(document.activeElement);
    this.#hasChosen = true;
    sessionStorage.setItem(CHOICE, withCamera ? "on" : "off");
    this.draw();
    if (hadFocus) {
      this.#microphone.focus();
    }
    await this.#media.start(withCamera && this.#mayBeSeen === true);
  }

  #spare() {
    this.#isSparing = !this.#isSparing;
    this.#wishes.spare(this.#isSparing);
    this.draw();
  }

  async #drawDevices() {
    for (const kind of /** @type {const} */ (["audio", "video"])) {
      const devices = await this.#media.devices(`${kind}input`);
      const track = kind === "audio" ? this.#media.sound : this.#media.camera;
      const list = /** @type {HTMLSelectElement} */ (byId(`${kind}-device`));
      // Only where there is something to choose.
      byId(`${kind}-devices`).hidden = devices.length < 2 || !track;
      const look = JSON.stringify(devices.map(({ deviceId }) => deviceId));
      if (list.dataset.look !== look) {
        list.dataset.look = look;
        list.replaceChildren(...devices.map(({ deviceId, label }) => {
          const option = element("option", "", label);
          option.value = deviceId;
          return option;
        }));
      }
      list.value = track?.getSettings().deviceId ?? list.value;
    }
  }
}

/**
 * The words name what a click does; the state is told by them and not by colour.
 * @param {HTMLElement} control
 * @param {boolean} isOn
 * @param {string} name
 */
function pressed(control, isOn, name) {
  control.dataset.on = String(isOn);
  say(control.firstElementChild ?? control, `${name}-${isOn ? "off" : "on"}`);
}
