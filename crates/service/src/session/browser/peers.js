// @ts-check
/**
 * The connections to all others in the call. None before this browser is let in and has been given
 * the relay: who waits shows no address to anybody.
 */

import { Peer } from "./peer.js";
import { connection } from "./sections.js";

/** @import { Candidate, Description, Ice, PeerView, Send, View } from "./types.js" */
/** @import { Kind, Tracks } from "./sections.js" */
/** @import { Step } from "./picture.js" */

/** A prepared connection that has lain about for longer may have lost its path. */
const SPARE_KEEPS = 120_000;

/**
 * @typedef {object} Surroundings
 * @property {boolean} isStaff whether this side is
 * @property {() => Ice} ice
 * @property {() => RTCPeerConnection} take a connection, prepared or new
 * @property {Send} send
 * @property {() => Tracks} tracks what this side has to send
 * @property {() => Step} step how much the picture may take
 * @property {(peer: Peer, kind: Kind, track: MediaStreamTrack) => void} received
 * @property {(peer: Peer) => void} changed
 */

/**
 * @typedef {object} Needs
 * @property {Send} send
 * @property {() => Tracks} tracks
 * @property {() => Step} step
 * @property {(peer: Peer, kind: Kind, track: MediaStreamTrack) => void} received
 * @property {() => void} changed
 * @property {(connection: string) => void} gone
 */

export class Peers {
  /** @type {Map<string, Peer>} */
  #peers = new Map();
  /** @type {Ice | null} */
  #ice = null;
  /** This browser's socket: the connections belong to both ends' sockets. */
  #own = "";
  /** @type {{ pc: RTCPeerConnection, since: number } | null} */
  #spare = null;
  /** @type {PeerView[]} */
  #wanted = [];
  #isStaff = false;
  #isIn = false;
  #restartsOfGone = 0;
  #needs;

  /** @param {Needs} needs */
  constructor(needs) {
    this.#needs = needs;
  }

  get all() {
    return [...this.#peers.values()];
  }

  get isAnybodyThere() {
    return this.all.some((peer) => peer.link === "connected");
  }

  get restarts() {
    return this.all.reduce((sum, peer) => sum + peer.restarts, this.#restartsOfGone);
  }

  /** @param {View} view */
  update({ you, stage }) {
    if (you.connection !== this.#own) {
      this.clear();
      this.#own = you.connection;
    }
    this.#isStaff = you.role === "counsellor";
    this.#isIn = stage.is === "admitted";
    this.#wanted = stage.is === "admitted" ? stage.peers : [];
    if (!this.#isIn) {
      this.clear();
      this.#ice = null;
    }
    this.#build();
  }

  /** Each socket is given a relay of its own: that of the last one may be gone with its node. */
  forgetIce() {
    this.#ice = null;
    this.#dropSpare();
  }

  /** Called from time to time: what was prepared grows stale. */
  keepReady() {
    if (this.#isIn) {
      this.#prepare();
    }
  }

  /** @param {Ice} ice */
  renew(ice) {
    this.#ice = ice;
    this.#dropSpare();
    this.all.forEach((peer) => peer.renew());
    this.#build();
  }

  /**
   * @param {string} from
   * @param {Description} description
   */
  async description(from, description) {
    await this.#peers.get(from)?.take(description);
  }

  /**
   * @param {string} from
   * @param {Candidate} candidate
   */
  async candidate(from, candidate) {
    await this.#peers.get(from)?.candidate(candidate);
  }

  /** @param {string} from */
  restartAsked(from) {
    this.#peers.get(from)?.restartAsked();
  }

  sendTracks() {
    this.all.forEach((peer) => peer.sendTracks());
  }

  watch() {
    this.all.forEach((peer) => peer.watch());
  }

  limit() {
    this.all.forEach((peer) => peer.limit());
  }

  clear() {
    [...this.#peers.keys()].forEach((id) => this.#drop(id));
    this.#dropSpare();
  }

  #build() {
    const wanted = new Map(this.#wanted.map((view) => [view.connection, view]));
    [...this.#peers.keys()].filter((id) => !wanted.has(id)).forEach((id) => this.#drop(id));
    if (!this.#isIn || !this.#ice) {
      return;
    }
    for (const [id, view] of wanted) {
      const peer = this.#peers.get(id);
      if (peer) {
        peer.view = view;
      } else {
        this.#peers.set(id, new Peer(view, this.#surroundings()));
      }
    }
    this.#prepare();
  }

  /** @returns {Surroundings} */
  #surroundings() {
    const { send, tracks, step, received, changed } = this.#needs;
    return {
      isStaff: this.#isStaff,
      ice: () => this.#ice ?? { servers: [], relay_only: true },
      take: () => this.#take(),
      send,
      tracks,
      step,
      received,
      changed,
    };
  }

  /** @returns {RTCPeerConnection} */
  #take() {
    const spare = this.#spare;
    this.#spare = null;
    const isFresh = spare && performance.now() - spare.since < SPARE_KEEPS;
    if (spare && isFresh) {
      return spare.pc;
    }
    spare?.pc.close();
    return connection(this.#ice ?? { servers: [], relay_only: true });
  }

  /** Staff, who let in, look for a path to the relay before they do: letting in is quick then. */
  #prepare() {
    const isNeeded = this.#isStaff && this.#peers.size === 0;
    const isStale = this.#spare && performance.now() - this.#spare.since > SPARE_KEEPS / 2;
    if (!isNeeded || isStale) {
      this.#dropSpare();
    }
    if (isNeeded && this.#ice && !this.#spare) {
      this.#spare = { pc: connection(this.#ice), since: performance.now() };
    }
  }

  #dropSpare() {
    this.#spare?.pc.close();
    this.#spare = null;
  }

  /** @param {string} id */
  #drop(id) {
    const peer = this.#peers.get(id);
    if (peer) {
      this.#restartsOfGone += peer.restarts;
      this.#peers.delete(id);
      peer.close();
      this.#needs.gone(id);
    }
  }
}
