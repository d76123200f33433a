// @ts-check
/** Shows how loud the microphone is: that it is heard at all, before anybody listens. */

const TIMES_A_SECOND = 12;
/** Ordinary speech fills about half of the meter. */
const FULL = 0.25;

export class Meter {
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {MediaStreamAudioSourceNode | null} */
  #source = null;
  /** @type {MediaStreamTrack | null} */
  #track = null;
  /** @type {AnalyserNode | null} */
  #analyser = null;
  /** The loudest so far. */
  peak = 0;
  #shown;

  /** @param {HTMLMeterElement} shown */
  constructor(shown) {
    this.#shown = shown;
    setInterval(() => this.#show(), 1000 / TIMES_A_SECOND);
  }

  /** @param {MediaStreamTrack | null} track */
  watch(track) {
    if (track === this.#track) {
      return;
    }
    this.#source?.disconnect();
    this.#track = track;
    this.#source = null;
    if (track) {
      this.#context ??= new AudioContext();
      this.#analyser ??= this.#context.createAnalyser();
      this.#source = this.#context.createMediaStreamSource(new MediaStream([track]));
      this.#source.connect(this.#analyser);
      this.#context.resume().catch(() => undefined);
    }
  }

  #show() {
    const level = this.#track?.enabled && this.#analyser ? loudness(this.#analyser) : 0;
    this.peak = Math.max(this.peak, level);
    this.#shown.value = Math.min(level / FULL, 1);
  }
}

/**
 * @param {AnalyserNode} analyser
 * @returns {number} from 0 to 1
 */
function loudness(analyser) {
  const samples = new Float32Array(analyser.fftSize);
  analyser.getFloatTimeDomainData(samples);
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}
