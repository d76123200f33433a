// @ts-check
/**
 * Whether the other side is still there, looked at four times a second. A browser by itself notices a
 * dead path after several seconds, and says nothing when a fresh one is found.
 */

/** Looks in a row at which nothing new was heard: a second and a half. Sound comes about fifty times
 * a second, about twelve times from one look to the next. */
const SILENT_LOOKS = 6;
/** More fresh starts than this do not help a silence that the line is not to blame for. */
const STARTS = 3;
/** Looks after which a path is believed to be well by a browser that does not count answers. */
const DOUBTS = 20;

/** @typedef {{ packetsReceived?: number, responsesReceived?: number }} Counts */

export class Pulse {
  #heard = 0;
  #looks = 0;
  #starts = 0;
  #answers = -1;
  #doubts = 0;

  /**
   * @param {RTCPeerConnection} pc of which sound is expected
   * @returns {Promise<boolean>} whether it has gone silent
   */
  async isSilent(pc) {
    const heard = await sum(pc.getReceivers()[0], "packetsReceived");
    if (heard > 0 && heard === this.#heard) {
      this.#looks += 1;
    } else {
      this.#looks = 0;
      this.#starts = 0;
    }
    this.#heard = heard;
    if (this.#looks < SILENT_LOOKS || this.#starts >= STARTS) {
      return false;
    }
    this.#looks = 0;
    this.#starts += 1;
    return true;
  }

  /** What was counted before a change tells nothing of what comes after it. */
  forget() {
    this.#answers = -1;
    this.#doubts = 0;
  }

  /**
   * Both sides hold back what they would be heard by; their connections still ask each other.
   * @param {RTCPeerConnection} pc
   * @returns {Promise<boolean>} whether the other side has answered since the last look
   */
  async isBack(pc) {
    const answers = await sum(pc, "responsesReceived");
    const isFirst = this.#answers < 0;
    const isAnswered = !isFirst && answers > this.#answers;
    this.#answers = answers;
    this.#doubts += 1;
    return isAnswered || (answers === 0 && this.#doubts > DOUBTS);
  }
}

/**
 * @param {RTCPeerConnection | RTCRtpReceiver | undefined} from
 * @param {keyof Counts} count
 * @returns {Promise<number>}
 */
async function sum(from, count) {
  let total = 0;
  (await from?.getStats())?.forEach((/** @type {Counts} */ entry) => (total += entry[count] ?? 0));
  return total;
}
