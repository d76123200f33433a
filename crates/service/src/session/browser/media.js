// @ts-check
/**
 * This side's microphone and camera. Both are optional; a device that is missing or refused leaves
 * the other usable, and tells why. Nothing is recorded here or anywhere.
 */

/** @import { Fault, MediaState } from "./types.js" */
/** @import { Tracks } from "./sections.js" */

const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const PICTURE = {
  width: { ideal: 640 },
  height: { ideal: 480 },
  frameRate: { ideal: 24, max: 24 },
};
const FRONT = { facingMode: "user" };

/**
 * @param {unknown} error of `getUserMedia`
 * @returns {Fault}
 */
export function faultOf(error) {
  const name = error instanceof DOMException || error instanceof Error ? error.name : "";
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "none";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return navigator.mediaDevices ? "failed" : "insecure";
  }
}

/**
 * Asks for the devices. A refusal of both together says nothing of each: then each by itself.
 * @param {{ audio?: MediaTrackConstraints, video?: MediaTrackConstraints }} wanted
 * @returns {Promise<{ tracks: MediaStreamTrack[], faults: { audio?: Fault, video?: Fault } }>}
 */
export async function ask(wanted) {
  /** @type {{ audio?: Fault, video?: Fault }} */
  const faults = {};
  const kinds = /** @type {const} */ (["audio", "video"]).filter((kind) => wanted[kind]);
  try {
    return { tracks: (await navigator.mediaDevices.getUserMedia(wanted)).getTracks(), faults };
  } catch (error) {
    if (kinds.length === 1 && kinds[0]) {
      faults[kinds[0]] = faultOf(error);
      return { tracks: [], faults };
    }
  }
  /** @type {MediaStreamTrack[]} */
  const tracks = [];
  for (const kind of kinds) {
    const one = await ask({ [kind]: wanted[kind] });
    tracks.push(...one.tracks);
    Object.assign(faults, one.faults);
  }
  return { tracks, faults };
}

export class LocalMedia {
  /** @type {MediaStreamTrack | null} */
  sound = null;
  /** @type {MediaStreamTrack | null} */
  camera = null;
  /** @type {MediaStreamTrack | null} */
  screen = null;
  /** @type {{ audio?: Fault, video?: Fault }} */
  faults = {};
  isMuted = false;
  /** The system has taken a device away for a while, such as for a telephone call. */
  isTaken = false;
  /** @type {{ audio: string, video: string }} */
  #chosen = { audio: "", video: "" };
  #isStarting = false;
  #changed;

  /** @param {() => void} changed */
  constructor(changed) {
    this.#changed = changed;
    navigator.mediaDevices?.addEventListener("devicechange", changed);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") {
        this.#reacquire();
      }
    });
  }

  /** @returns {Tracks} */
  get tracks() {
    return { sound: this.sound, camera: this.camera, screen: this.screen };
  }

  /** @returns {MediaState} */
  get state() {
    return {
      camera: Boolean(this.camera) && !this.camera?.muted,
      microphone: Boolean(this.sound) && !this.isMuted && !this.sound?.muted,
      screen: Boolean(this.screen),
    };
  }

  /**
   * Switches devices on. The microphone is on unless it is refused; the camera when it is wanted.
   * @param {boolean} withCamera
   */
  async start(withCamera) {
    if (this.#isStarting) {
      return;
    }
    this.#isStarting = true;
    const wanted = {
      ...(this.sound ? {} : { audio: { ...SOUND, ...this.#device("audio") } }),
      ...(withCamera && !this.camera ? { video: { ...PICTURE, ...this.#device("video") } } : {}),
    };
    try {
      if (Object.keys(wanted).length > 0) {
        const { tracks, faults } = await ask(wanted);
        this.faults = faults;
        tracks.forEach((track) => this.#take(track));
      }
    } finally {
      this.#isStarting = false;
      this.#changed();
    }
  }

  /** @param {boolean} isOn */
  async setCamera(isOn) {
    if (isOn) {
      await this.start(true);
    } else {
      delete this.faults.video;
      this.#release("camera");
      this.#changed();
    }
  }

  /** @param {boolean} isOn */
  async setMicrophone(isOn) {
    this.isMuted = !isOn;
    if (this.sound) {
      this.sound.enabled = isOn;
    } else if (isOn) {
      await this.start(false);
    }
    this.#changed();
  }

  /**
   * @param {"audioinput" | "videoinput"} kind
   * @returns {Promise<MediaDeviceInfo[]>} empty names before a permission is given
   */
  async devices(kind) {
    const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    return all.filter((device) => device.kind === kind && device.label);
  }

  /**
   * @param {"audio" | "video"} kind
   * @param {string} id
   */
  async choose(kind, id) {
    this.#chosen[kind] = id;
    this.#release(kind === "audio" ? "sound" : "camera");
    await this.start(kind === "video");
  }

  /** @param {MediaStreamTrack | null} screen */
  setScreen(screen) {
    this.#release("screen");
    this.screen = screen;
    if (screen) {
      screen.onended = () => this.setScreen(null);
    }
    this.#changed();
  }

  stop() {
    (/** @type {const} */ (["sound", "camera", "screen"])).forEach((kind) => this.#release(kind));
  }

  /** @param {"audio" | "video"} kind */
  #device(kind) {
    const deviceId = this.#chosen[kind];
    return deviceId ? { deviceId: { exact: deviceId } } : kind === "video" ? FRONT : {};
  }

  /** @param {MediaStreamTrack} track */
  #take(track) {
    const kind = track.kind === "audio" ? "sound" : "camera";
    this.#release(kind);
    this[kind] = track;
    track.enabled = kind === "camera" || !this.isMuted;
    track.onmute = () => this.#taken();
    track.onunmute = () => {
      this.isTaken = false;
      this.#changed();
    };
    track.onended = () => {
      if (this[kind] === track) {
        this[kind] = null;
        this.faults = { ...this.faults, [kind === "sound" ? "audio" : "video"]: "busy" };
        this.#changed();
      }
    };
  }

  #taken() {
    this.isTaken = true;
    this.#changed();
  }

  /** Telephones give a device that they took away back to a new request only. */
  async #reacquire() {
    const isLost = (/** @type {MediaStreamTrack | null} */ track) =>
      Boolean(track && (track.muted || track.readyState === "ended"));
    const withCamera = Boolean(this.camera);
    const lost = (/** @type {const} */ (["sound", "camera"])).filter((kind) => isLost(this[kind]));
    if (lost.length > 0) {
      lost.forEach((kind) => this.#release(kind));
      this.isTaken = false;
      await this.start(withCamera);
    }
  }

  /** @param {"sound" | "camera" | "screen"} kind */
  #release(kind) {
    const track = this[kind];
    if (track) {
      track.onmute = track.onunmute = track.onended = null;
      track.stop();
      this[kind] = null;
    }
  }
}
