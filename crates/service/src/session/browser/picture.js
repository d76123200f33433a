// @ts-check
/**
 * How much the camera's picture may take, in steps. Sound comes first: the picture gives way to it.
 */

/** @typedef {{ maxBitrate: number, maxFramerate: number, scaleResolutionDownBy: number }} Step */
/** @typedef {{ lost: number | null, available: number | null, isPoor: boolean }} Seen */

/** @type {[Step, ...Step[]]} */
const STEPS = [
  { maxBitrate: 500_000, maxFramerate: 24, scaleResolutionDownBy: 1 },
  { maxBitrate: 250_000, maxFramerate: 15, scaleResolutionDownBy: 1 },
  { maxBitrate: 150_000, maxFramerate: 10, scaleResolutionDownBy: 2 },
];
/** Of what is sent; above it a picture breaks up, and the sound with it. */
const LOST_TOO_MUCH = 0.05;
const LOST_LITTLE = 0.01;
/** Of a step's bits; the estimate starts low and is cautious. */
const ENOUGH = 0.5;
/** Measurements in a row: down at once would follow every gust, up at once would see-saw. */
const BAD_BEFORE_DOWN = 2;
const GOOD_BEFORE_UP = 5;

export class Picture {
  #step = 0;
  #bad = 0;
  #good = 0;
  #isSparing = false;
  /** Whether even the least picture is too much for the line. */
  isTooMuch = false;

  /** @returns {Step} */
  get step() {
    return STEPS[this.#isSparing ? STEPS.length - 1 : this.#step] ?? STEPS[0];
  }

  /** @param {boolean} isSparing the person pays for what is sent (article 3) */
  spare(isSparing) {
    this.#isSparing = isSparing;
  }

  /**
   * @param {Seen[]} seen of each peer; the worst line decides
   * @returns {boolean} whether the step has changed
   */
  judge(seen) {
    const isBad = seen.some(({ lost, available, isPoor }) =>
      isPoor || (lost ?? 0) > LOST_TOO_MUCH
        || (available !== null && available < this.step.maxBitrate * ENOUGH));
    const isGood = seen.length > 0 && seen.every(({ lost, isPoor }) =>
      !isPoor && (lost ?? 0) < LOST_LITTLE);
    this.#bad = isBad ? this.#bad + 1 : 0;
    this.#good = isGood && !isBad ? this.#good + 1 : 0;
    const before = this.#step;
    if (this.#bad >= BAD_BEFORE_DOWN) {
      this.#bad = 0;
      this.isTooMuch = this.#step === STEPS.length - 1;
      this.#step = Math.min(this.#step + 1, STEPS.length - 1);
    } else if (this.#good >= GOOD_BEFORE_UP) {
      this.#good = 0;
      this.isTooMuch = false;
      this.#step = Math.max(this.#step - 1, 0);
    }
    return before !== this.#step;
  }
}
