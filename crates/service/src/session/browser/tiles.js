// @ts-check
/** The others, as seen and heard: a tile for each, and one for a screen that is shown. */

import { element, say } from "./words.js";

/** @import { Peer } from "./peer.js" */
/** @import { Kind } from "./sections.js" */

/**
 * @typedef {object} Tile
 * @property {HTMLElement} figure
 * @property {HTMLVideoElement} video with the sound
 * @property {HTMLElement} name
 * @property {HTMLElement} role
 * @property {HTMLElement} note
 * @property {HTMLElement} screen
 * @property {HTMLVideoElement} screenVideo
 */

export class Tiles {
  /** @type {Map<string, Tile>} */
  #tiles = new Map();
  #place;
  #silenced;

  /**
   * @param {HTMLElement} place
   * @param {() => void} silenced the browser plays no sound before it is clicked
   */
  constructor(place, silenced) {
    this.#place = place;
    this.#silenced = silenced;
  }

  /**
   * @param {Peer} peer
   * @param {Kind} kind
   * @param {MediaStreamTrack} track
   */
  show(peer, kind, track) {
    const tile = this.#tile(peer);
    const video = kind === "screen" ? tile.screenVideo : tile.video;
    const stream = /** @type {MediaStream} */ (video.srcObject);
    stream.getTracks().filter((old) => old.kind === track.kind)
      .forEach((old) => stream.removeTrack(old));
    stream.addTrack(track);
    this.#play(video);
  }

  /** @param {Peer[]} peers */
  update(peers) {
    peers.forEach((peer) => this.#describe(peer));
  }

  /** @param {string} connection */
  remove(connection) {
    const tile = this.#tiles.get(connection);
    if (tile) {
      tile.video.srcObject = tile.screenVideo.srcObject = null;
      tile.figure.remove();
      tile.screen.remove();
      this.#tiles.delete(connection);
    }
  }

  /** After a click, sound may be played. */
  play() {
    for (const { video, screenVideo } of this.#tiles.values()) {
      this.#play(video);
      this.#play(screenVideo);
    }
  }

  /** @param {HTMLVideoElement} video */
  #play(video) {
    video.play().catch((error) => {
      if (error instanceof DOMException && error.name === "NotAllowedError") {
        this.#silenced();
      }
    });
  }

  /** @param {Peer} peer */
  #describe(peer) {
    const { view, link } = peer;
    const tile = this.#tile(peer);
    const isSeen = view.media.camera && link === "connected";
    tile.figure.classList.toggle("unseen", !isSeen);
    tile.figure.dataset.link = link;
    tile.name.textContent = view.name;
    say(tile.role, `role-${view.role}`);
    say(tile.note, noteOf(peer));
    tile.screen.hidden = !(view.media.screen && link === "connected");
  }

  /**
   * @param {Peer} peer
   * @returns {Tile}
   */
  #tile({ view }) {
    const known = this.#tiles.get(view.connection);
    if (known) {
      return known;
    }
    const [video, screenVideo] = [player(), player()];
    const name = element("b");
    const role = element("span");
    const note = element("p", "note");
    note.role = "status";
    const screenName = element("figcaption");
    say(screenName, "screen-shown", { name: view.name });
    const screen = element("figure", "tile screen", screenVideo, screenName);
    screen.hidden = true;
    const caption = element("figcaption", "", name, role, note);
    const figure = element("figure", "tile unseen", video, caption);
    const tile = { figure, video, name, role, note, screen, screenVideo };
    this.#tiles.set(view.connection, tile);
    this.#place.append(screen, figure);
    return tile;
  }
}

/**
 * @param {Peer} peer
 * @returns {string} what is to be said of it
 */
function noteOf({ view, link }) {
  if (link !== "connected") {
    return `peer-${link}`;
  }
  const { camera, microphone } = view.media;
  if (!microphone) {
    return camera ? "peer-muted" : "peer-quiet";
  }
  return camera ? "" : "peer-unseen";
}

/** @returns {HTMLVideoElement} */
function player() {
  const video = document.createElement("video");
  video.srcObject = new MediaStream();
  video.autoplay = true;
  video.playsInline = true;
  // Its name stands beside it, its sound is heard, and what is said is shown as text.
  video.ariaHidden = "true";
  return video;
}
