//! What the product weighs and how quickly it is there, measured on a release build. Figures, not
//! tests: they go into the README, with the machine named.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// How many times the demo is started; the first finds a cold cache.
const STARTS: usize = 7;
/// How many pages are asked for before memory is looked at.
const PAGES: usize = 200;
/// A demo that has not answered by then does not.
const PATIENCE: Duration = Duration::from_secs(30);

/// Builds the release, starts the demo several times, and prints what was measured.
///
/// # Errors
/// The build failed, or the demo did not answer.
pub(crate) fn run() -> Result<()> {
    let root = crate::root();
    let built = Command::new("cargo")
        .args(["build", "--release", "--locked", "--package", "service"])
        .current_dir(&root)
        .status()?;
    if !built.success() {
        bail!("the release could not be built");
    }
    let metadata = crate::licences::metadata(&root)?;
    let target = metadata["target_directory"].as_str().context("cargo names no target folder")?;
    let program = PathBuf::from(target).join("release/madoguchi");
    let mut starts = Vec::new();
    let mut memory = 0;
    for _ in 0..STARTS {
        let (start, resident) = start_once(&program)?;
        starts.push(start.as_millis());
        memory = memory.max(resident);
    }
    starts.sort_unstable();
    let size = program.metadata()?.len();
    println!("machine                 {}", machine());
    println!(
        "start to first answer   median {} ms, at most {} ms, of {STARTS} starts",
        starts[STARTS / 2],
        starts[STARTS - 1]
    );
    println!("resident memory         {} MiB after {PAGES} pages", memory / 1024);
    println!("program                 {} MiB", size / (1024 * 1024));
    figures(&root)
}

/// How quickly messages pass in many rooms and Zoom's are answered, and what becomes of ten
/// thousand journeys: scenes of the service's own tests, which have the cast for it. They print
/// their figures.
fn figures(root: &Path) -> Result<()> {
    let figures = Command::new("cargo")
        .args(["test", "--release", "--locked", "--quiet", "--package", "service", "--test", "it"])
        .args(["--", "--ignored", "--nocapture", "--test-threads=1", "messages_of", "ten_thousand"])
        .current_dir(root)
        .status()?;
    if !figures.success() {
        bail!("a scene did not come to its end");
    }
    Ok(())
}

/// A demo that is ended with this, and its data removed.
struct Demo {
    child: Child,
    data: PathBuf,
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ended = self.child.kill().and_then(|()| self.child.wait());
        let _removed = std::fs::remove_dir_all(&self.data);
    }
}

/// How long one start takes until a page of the office is answered, and the memory in KiB that is
/// resident after many pages.
fn start_once(program: &Path) -> Result<(Duration, u64)> {
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let data = std::env::temp_dir().join(format!("madoguchi-bench-{}", std::process::id()));
    let began = Instant::now();
    let child = Command::new(program)
        .args(["demo", "--listen", &address.to_string(), "--data"])
        .arg(&data)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("{} cannot be started", program.display()))?;
    let demo = Demo { child, data };
    while page(address).is_err() {
        if began.elapsed() > PATIENCE {
            bail!("the demo does not answer");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let start = began.elapsed();
    for _ in 0..PAGES {
        page(address)?;
    }
    Ok((start, resident(demo.child.id())?))
}

/// Asks for the office's page and reads it whole.
fn page(address: SocketAddr) -> Result<()> {
    let mut connection = TcpStream::connect(address)?;
    let asked = format!(
        "GET /offices/mihon HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: gzip\r\n\
         Connection: close\r\n\r\n"
    );
    connection.write_all(asked.as_bytes())?;
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer)?;
    if !answer.starts_with(b"HTTP/1.1 200") {
        bail!("the office's page is not answered");
    }
    Ok(())
}

/// The resident memory of a process in KiB, as Linux tells it.
fn resident(process: u32) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|it| it.parse().ok()).context("the system does not tell the memory")
}

fn machine() -> String {
    let processors = std::thread::available_parallelism().map_or(0, usize::from);
    let cpuinfo = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpuinfo.lines().find_map(|line| line.strip_prefix("model name")?.split(':').nth(1));
    format!("{} processors, {}", processors, model.unwrap_or("unknown").trim())
}
