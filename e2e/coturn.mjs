// coturn with the configuration that docs/relay/turnserver.conf gives, on loopback, with TLS.

import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "./window.mjs";

const SAMPLE = new URL("../docs/relay/turnserver.conf", import.meta.url);
const SECRET = "a secret of the browser tests";

/**
 * The sample with this machine's addresses in it.
 * @param {Record<string, string>} filled by the name of the line
 */
async function filledIn(filled) {
  const lines = (await readFile(SAMPLE, "utf8")).split("\n").map((line) => {
    const name = line.split("=")[0] ?? "";
    return name in filled ? `${name}=${filled[name]}` : line;
  });
  // Loopback is no network to coturn; here it is the only one.
  return [...lines, "allow-loopback-peers", ""].join("\n");
}

/**
 * Starts it; it is ended by its process id.
 * @param {"udp" | "tls"} way by which browsers reach it
 */
export async function openCoturn(way) {
  const folder = await mkdtemp(join(tmpdir(), "madoguchi-coturn-"));
  const at = (/** @type {string} */ name) => join(folder, name);
  await promisify(execFile)("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days",
    "1", "-subj", "/CN=localhost", "-keyout", at("key.pem"), "-out", at("certificate.pem")]);
  const [port, tls] = [await freePort(), await freePort()];
  const own = "127.0.0.1";
  await writeFile(at("turnserver.conf"), await filledIn({
    "listening-ip": own,
    "relay-ip": own,
    "allowed-peer-ip": own,
    "listening-port": String(port),
    "tls-listening-port": String(tls),
    "static-auth-secret": SECRET,
    cert: at("certificate.pem"),
    pkey: at("key.pem"),
  }));
  await writeFile(at("secret"), SECRET);
  const args = ["-c", at("turnserver.conf"), "--pidfile", at("pid"), "--db", at("users.db")];
  const start = async () => {
    const child = spawn("turnserver", args, { cwd: folder, stdio: "ignore" });
    const gone = new Promise((resolve) => child.once("exit", resolve));
    await listens(tls);
    return async () => {
      child.kill("SIGKILL");
      await gone;
    };
  };
  let stop = await start();
  const relay = way === "tls" ? `turns:localhost:${tls}?transport=tcp` : `turn:${own}:${port}`;
  return {
    /** Arguments of the demo. */
    more: ["--relay", relay, "--relay-secret-file", at("secret")],
    stop: () => stop(),
    start: async () => {
      stop = await start();
    },
    end: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** @param {number} port */
async function listens(port) {
  for (let tries = 0; tries < 200; tries += 1) {
    const isOpen = await new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true));
      socket.once("connect", () => socket.destroy());
      socket.once("error", () => resolve(false));
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("coturn does not listen");
}
