// @ts-check
/**
 * How well the others are heard and seen. Measured from the browser's own counts; no address leaves
 * the page.
 */

/** @import { Level, Report } from "./types.js" */
/** @import { Peer } from "./peer.js" */
/** @import { Seen } from "./picture.js" */

export const MEASURED_EVERY = 3_000;
/** The same bounds as in `rules::session::Quality`. */
const ROUND_TRIP = { good: 200, fair: 800 };
const LOST = { good: 0.01, fair: 0.05 };

/**
 * What is read of a report's entries, whichever kind they are.
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} type
 * @property {string} [kind]
 * @property {string} [state]
 * @property {boolean} [nominated]
 * @property {number} [packetsReceived]
 * @property {number} [packetsLost]
 * @property {number} [framesDecoded]
 * @property {number} [fractionLost]
 * @property {number} [currentRoundTripTime]
 * @property {number} [availableOutgoingBitrate]
 * @property {string} [localCandidateId]
 * @property {string} [remoteCandidateId]
 * @property {string} [candidateType]
 */

/**
 * @typedef {object} Sums
 * @property {number} sound packets heard
 * @property {number} frames of the picture
 * @property {number} lost
 */

/**
 * @typedef {object} Measured
 * @property {Sums} sums
 * @property {number | null} roundTrip in milliseconds
 * @property {number | null} lostThere of what this side sends
 * @property {number | null} available bits a second
 * @property {"relay" | "direct" | null} route
 */

/**
 * @param {RTCStatsReport} stats
 * @returns {Measured}
 */
export function read(stats) {
  const entries = /** @type {Map<string, Entry>} */ (/** @type {unknown} */ (stats));
  const sums = { sound: 0, frames: 0, lost: 0 };
  /** @type {Measured} */
  const found = { sums, roundTrip: null, lostThere: null, available: null, route: null };
  entries.forEach((entry) => {
    if (entry.type === "inbound-rtp") {
      sums.sound += entry.kind === "audio" ? (entry.packetsReceived ?? 0) : 0;
      sums.frames += entry.framesDecoded ?? 0;
      sums.lost += entry.kind === "audio" ? Math.max(entry.packetsLost ?? 0, 0) : 0;
    } else if (entry.type === "remote-inbound-rtp" && entry.fractionLost !== undefined) {
      found.lostThere = Math.max(found.lostThere ?? 0, entry.fractionLost);
    } else if (entry.type === "candidate-pair" && entry.nominated && entry.state === "succeeded") {
      const ends = [entry.localCandidateId, entry.remoteCandidateId];
      const isRelay = ends.some((id) => entries.get(id ?? "")?.candidateType === "relay");
      found.route = isRelay ? "relay" : "direct";
      found.available = entry.availableOutgoingBitrate ?? null;
      const seconds = entry.currentRoundTripTime;
      found.roundTrip = seconds === undefined ? null : Math.round(seconds * 1000);
    }
  });
  return found;
}

/**
 * @param {number | null} value
 * @param {{ good: number, fair: number }} bounds
 * @returns {Level}
 */
function levelOf(value, bounds) {
  if (value === null || value <= bounds.good) {
    return "good";
  }
  return value <= bounds.fair ? "fair" : "poor";
}

/**
 * @param {Level[]} levels
 * @returns {Level}
 */
function worst(levels) {
  return levels.includes("poor") ? "poor" : levels.includes("fair") ? "fair" : "good";
}

export class Quality {
  /** @type {WeakMap<RTCPeerConnection, Sums>} */
  #before = new WeakMap();
  #since = { sound: 0, picture: 0, lost: 0, heard: 0, restarts: 0 };
  /** @type {number[]} */
  #roundTrips = [];
  /** @type {"relay" | "direct" | null} */
  #route = null;
  #measuredAt = performance.now();

  /**
   * @param {Peer[]} peers
   * @returns {Promise<{ level: Level | null, seen: Seen[] }>} `null` when nobody is connected
   */
  async measure(peers) {
    const connected = peers.filter((peer) => peer.link === "connected");
    const now = performance.now();
    const seconds = (now - this.#measuredAt) / 1000;
    this.#measuredAt = now;
    const all = await Promise.all(connected.map(async ({ pc }) => {
      const measured = read(await pc.getStats());
      const before = this.#before.get(pc) ?? { sound: 0, frames: 0, lost: 0 };
      this.#before.set(pc, measured.sums);
      return { measured, fresh: less(measured.sums, before) };
    }));
    this.#add(all, seconds);
    const seen = all.map(({ measured, fresh }) => ({
      lost: measured.lostThere,
      available: measured.available,
      isPoor: levelOfPeer(measured, fresh) === "poor",
    }));
    const levels = all.map(({ measured, fresh }) => levelOfPeer(measured, fresh));
    return { level: levels.length > 0 ? worst(levels) : null, seen };
  }

  /**
   * @param {number} restarts since the page was opened
   * @returns {Report} since the last one
   */
  report(restarts) {
    const { sound, picture, lost, heard } = this.#since;
    const sorted = this.#roundTrips.sort((a, b) => a - b);
    const total = lost + heard;
    const report = {
      audio_seconds: Math.min(Math.round(sound), 600),
      video_seconds: Math.min(Math.round(picture), 600),
      round_trip_ms: sorted[Math.floor(sorted.length / 2)] ?? null,
      lost_permille: total > 0 ? Math.min(Math.round((1000 * lost) / total), 1000) : null,
      route: this.#route,
      restarts: Math.min(Math.max(restarts - this.#since.restarts, 0), 100),
    };
    this.#since = { sound: 0, picture: 0, lost: 0, heard: 0, restarts };
    this.#roundTrips = [];
    this.#route = null;
    return report;
  }

  /**
   * @param {{ measured: Measured, fresh: Sums }[]} all
   * @param {number} seconds
   */
  #add(all, seconds) {
    this.#since.sound += all.some(({ fresh }) => fresh.sound > 0) ? seconds : 0;
    this.#since.picture += all.some(({ fresh }) => fresh.frames > 0) ? seconds : 0;
    for (const { measured, fresh } of all) {
      this.#since.lost += fresh.lost;
      this.#since.heard += fresh.sound;
      this.#route = measured.route ?? this.#route;
      if (measured.roundTrip !== null) {
        this.#roundTrips.push(measured.roundTrip);
      }
    }
  }
}

/**
 * @param {Measured} measured
 * @param {Sums} fresh
 * @returns {Level}
 */
function levelOfPeer({ roundTrip, lostThere }, fresh) {
  const total = fresh.lost + fresh.sound;
  const lostHere = total > 0 ? fresh.lost / total : null;
  const lost = Math.max(lostHere ?? 0, lostThere ?? 0);
  return worst([levelOf(roundTrip, ROUND_TRIP), levelOf(lost, LOST)]);
}

/**
 * @param {Sums} now
 * @param {Sums} before
 * @returns {Sums}
 */
function less(now, before) {
  return {
    sound: Math.max(now.sound - before.sound, 0),
    frames: Math.max(now.frames - before.frames, 0),
    lost: Math.max(now.lost - before.lost, 0),
  };
}
