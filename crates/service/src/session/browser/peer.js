// @ts-check
/**
 * The connection to one other browser. Of each two exactly one offers; only that one starts afresh.
 * What changes later changes by `replaceTrack`, without another understanding between the two.
 */

import { Pulse } from "./pulse.js";
import { KINDS, limitCamera, makeSections, sendOver, takeSections } from "./sections.js";

/** @import { Candidate, Description, Ice, Link, PeerView, Send } from "./types.js" */
/** @import { Surroundings } from "./peers.js" */

/** A broken path mostly heals or fails within this. */
const RECOVERS_AFTER = 1_000;
/** The first retries are quick, for a relay that starts again; later ones leave slow lines time. */
const RETRIES = [2_000, 3_000, 4_000, 6_000];
/** For two to find each other at first. */
const BUILT_WITHIN = 5_000;
const RESTARTS_BEFORE_REBUILD = 2;
/** Then the telephone is shown, while trying goes on. */
const LOST_AFTER = 10_000;
/** Two asks within this are one. */
const RESTARTS_APART = 1_500;

export class Peer {
  /** @type {RTCPeerConnection} */
  pc;
  /** @type {Link} */
  link = "connecting";
  restarts = 0;
  #tries = 0;
  #apartSince = performance.now();
  #restartedAt = -Infinity;
  /** The other side's connection, so that a rebuilt one is told from a fresh start. */
  #theirs = "";
  /** @type {Candidate[]} */
  #held = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #recovery;
  #isClosed = false;
  #pulse = new Pulse();
  #stream = new MediaStream();
  #work = Promise.resolve();
  #around;

  /**
   * @param {PeerView} view
   * @param {Surroundings} around
   */
  constructor(view, around) {
    this.view = view;
    this.#around = around;
    this.pc = this.#build();
    if (view.you_offer) {
      this.#run(() => this.#offer());
    }
  }

  /** @param {Description} description */
  take({ kind, sdp }) {
    return this.#run(async () => {
      const session = /^o=\S+ (\S+)/m.exec(sdp)?.[1] ?? "";
      if (kind === "offer" && this.#theirs && session !== this.#theirs) {
        this.pc = this.#build();
      }
      if (this.pc.signalingState !== (kind === "offer" ? "stable" : "have-local-offer")) {
        return; // An answer to an offer that was given up.
      }
      this.#theirs = session;
      await this.pc.setRemoteDescription({ type: kind, sdp });
      if (kind === "offer") {
        await this.#answer();
      }
      const held = this.#held.splice(0);
      await Promise.all(held.map((candidate) => this.#add(candidate)));
    });
  }

  /** @param {Candidate} candidate */
  candidate(candidate) {
    return this.#run(async () => {
      if (this.pc.remoteDescription) {
        await this.#add(candidate);
      } else {
        this.#held.push(candidate);
      }
    });
  }

  /** The other side asks for a fresh start; only the side that offers makes one. */
  restartAsked() {
    if (this.view.you_offer && performance.now() - this.#restartedAt > RESTARTS_APART) {
      this.#recover();
    }
  }

  /** Credentials were renewed. */
  renew() {
    const { servers: iceServers } = this.#around.ice();
    this.pc.setConfiguration({ ...this.pc.getConfiguration(), iceServers });
  }

  /**
   * Sends what there is to send, or nothing while the other side is not known to be there: nobody
   * goes on speaking to people that they neither see nor hear. At the very start the transport
   * itself sends nothing before the other side has proved who it is; the pictures that wait for
   * that come a fifth sooner.
   */
  sendTracks() {
    const isThere = this.link === "connected" || this.link === "connecting";
    sendOver(this.pc, isThere ? this.#around.tracks() : null);
  }

  /** Fits the picture to the line. */
  limit() {
    return limitCamera(this.pc, this.#around.step());
  }

  /** Called four times a second. */
  async watch() {
    if (performance.now() - this.#apartSince > LOST_AFTER && this.link !== "lost") {
      this.#become("lost");
    }
    if (this.link === "connected") {
      // Of a microphone that is off nothing is heard in any case.
      if (this.view.media.microphone && await this.#pulse.isSilent(this.pc)) {
        this.#become("interrupted");
        this.#recover();
      }
    } else if (this.link !== "connecting" && this.pc.connectionState === "connected") {
      if (await this.#pulse.isBack(this.pc)) {
        clearTimeout(this.#recovery);
        this.#tries = 0;
        this.#become("connected");
      }
    }
  }

  close() {
    this.#isClosed = true;
    clearTimeout(this.#recovery);
    leave(this.pc);
  }

  /**
   * One thing after another, also where a timer and a message meet.
   * @param {() => Promise<void>} task
   */
  #run(task) {
    this.#work = this.#work.then(() => (this.#isClosed ? undefined : task())).catch((error) => {
      console.warn("peer", error);
      this.#await(this.#patience);
    });
    return this.#work;
  }

  /** @returns {RTCPeerConnection} */
  #build() {
    if (this.pc) {
      leave(this.pc);
    }
    const pc = this.#around.take();
    this.#theirs = "";
    this.#held = [];
    pc.onicecandidate = ({ candidate }) => this.#found(candidate);
    pc.ontrack = ({ transceiver, track }) => {
      const kind = KINDS[pc.getTransceivers().indexOf(transceiver)];
      if (kind) {
        this.#around.received(this, kind, track);
      }
    };
    pc.onconnectionstatechange = () => this.#stateChanged(pc);
    if (this.view.you_offer) {
      makeSections(pc, this.#sections);
    }
    this.#await(BUILT_WITHIN);
    return pc;
  }

  get #sections() {
    const { isStaff, step } = this.#around;
    return { stream: this.#stream, step: step(), isStaff, other: this.view };
  }

  async #offer() {
    this.sendTracks();
    await this.pc.setLocalDescription();
    this.#tell("offer");
  }

  async #answer() {
    takeSections(this.pc, this.#sections);
    this.sendTracks();
    await this.pc.setLocalDescription();
    this.#tell("answer");
    await this.limit();
  }

  /** @param {"offer" | "answer"} kind */
  #tell(kind) {
    const sdp = this.pc.localDescription?.sdp;
    if (sdp) {
      this.#around.send({ type: "description", to: this.view.connection, kind, sdp });
    }
  }

  /** @param {RTCIceCandidate | null} found */
  #found(found) {
    this.#around.send({
      type: "candidate",
      to: this.view.connection,
      candidate: found?.candidate ?? "",
      sdp_mid: found?.sdpMid ?? "0",
      sdp_m_line_index: found?.sdpMLineIndex ?? 0,
    });
  }

  /** @param {Candidate} found one of a connection that was given up since is no fault */
  async #add({ candidate, sdp_mid: sdpMid, sdp_m_line_index: sdpMLineIndex }) {
    await this.pc.addIceCandidate({ candidate, sdpMid, sdpMLineIndex }).catch(() => undefined);
  }

  /** @param {RTCPeerConnection} pc */
  #stateChanged(pc) {
    if (pc !== this.pc) {
      return;
    }
    if (pc.connectionState === "connected") {
      clearTimeout(this.#recovery);
      this.#tries = 0;
      this.#become("connected");
    } else if (pc.connectionState === "disconnected") {
      this.#become("interrupted");
      this.#await(RECOVERS_AFTER);
    } else if (pc.connectionState === "connecting" && this.link === "connected") {
      this.#become("interrupted"); // A fresh start is under way.
    } else if (pc.connectionState === "failed") {
      this.#become("interrupted");
      this.#recover();
    }
  }

  /** @param {Link} link */
  #become(link) {
    this.#pulse.forget();
    if (link === "connected") {
      this.#apartSince = Infinity;
    } else if (this.link === "connected") {
      this.#apartSince = performance.now();
    }
    this.link = this.link === "lost" && link !== "connected" ? "lost" : link;
    this.sendTracks();
    this.#around.changed(this);
  }

  /** @param {number} wait */
  #await(wait) {
    clearTimeout(this.#recovery);
    this.#recovery = setTimeout(() => {
      if (this.link === "connected") {
        this.#tries = 0;
      } else {
        this.#recover();
      }
    }, wait);
  }

  get #patience() {
    return RETRIES[Math.min(this.#tries, RETRIES.length) - 1] ?? BUILT_WITHIN;
  }

  #recover() {
    if (this.#isClosed) {
      return;
    }
    this.#tries += 1;
    this.restarts += 1;
    this.#restartedAt = performance.now();
    this.#await(this.#patience);
    if (!this.view.you_offer) {
      this.#around.send({ type: "restart_ice", to: this.view.connection });
      return;
    }
    this.#run(async () => {
      const isUnanswered = this.pc.signalingState !== "stable";
      if (isUnanswered || this.#tries > RESTARTS_BEFORE_REBUILD) {
        this.pc = this.#build();
      } else {
        this.pc.restartIce();
      }
      await this.#offer();
    });
  }
}

/** @param {RTCPeerConnection} pc */
function leave(pc) {
  pc.onicecandidate = pc.ontrack = pc.onconnectionstatechange = null;
  pc.close();
}
