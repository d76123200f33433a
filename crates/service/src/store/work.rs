//! Units of work on their way from a caller to a thread that owns a connection, and back.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::error::StoreError;
use super::transaction::Tx;

/// How long a caller waits for his work to begin. Then he is told that the store is not
/// available, and the work is not done later behind his back.
const PATIENCE_TO_BEGIN: Duration = Duration::from_secs(3);

/// How long a caller waits for work that began; longer than any statement may take.
const PATIENCE_TO_END: Duration = Duration::from_secs(20);

/// How a run of the work ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    /// It wants what it wrote to be kept.
    Kept,
    /// It refused or failed: what it wrote must be undone.
    Undone,
    /// It panicked: undone, and not to be run again.
    Panicked,
}

/// A unit of work, whatever its answer's type.
pub(super) trait Work: Send {
    /// Takes it up; false when its caller has withdrawn it.
    fn begin(&self) -> bool;
    /// Runs it, perhaps once more. The answer is kept until `answer`.
    fn run(&mut self, tx: &mut Tx<'_>) -> Outcome;
    /// It came to nothing for a reason outside of it. An answer that is an error stays.
    fn fail(&mut self, error: StoreError);
    /// Sends the answer to the caller.
    fn answer(self: Box<Self>);
    /// For how long it has existed.
    fn age(&self) -> Duration;
}

const WAITING: u8 = 0;
const BEGUN: u8 = 1;
const WITHDRAWN: u8 = 2;

/// A closure with its answer.
struct Job<F, T, E> {
    closure: F,
    answer: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
    state: Arc<AtomicU8>,
    since: Instant,
}

/// What the caller of a unit of work holds in the meantime.
pub(super) struct Receipt<T, E> {
    reply: oneshot::Receiver<Result<T, E>>,
    state: Arc<AtomicU8>,
}

/// Makes a unit of work out of a closure.
pub(super) fn job<F, T, E>(closure: F) -> (Box<dyn Work>, Receipt<T, E>)
where
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let (reply, receiver) = oneshot::channel();
    let state = Arc::new(AtomicU8::new(WAITING));
    let receipt = Receipt { reply: receiver, state: Arc::clone(&state) };
    let job = Job { closure, answer: None, reply, state, since: Instant::now() };
    (Box::new(job), receipt)
}

impl<F, T, E> Work for Job<F, T, E>
where
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn begin(&self) -> bool {
        let begun =
            self.state.compare_exchange(WAITING, BEGUN, Ordering::AcqRel, Ordering::Acquire);
        begun.is_ok()
    }

    fn run(&mut self, tx: &mut Tx<'_>) -> Outcome {
        self.answer = None;
        let closure = &mut self.closure;
        match catch_unwind(AssertUnwindSafe(|| closure(tx))) {
            Ok(Ok(_)) if tx.is_broken() => {
                let sentence = "the work went on after one of its statements had failed";
                self.fail(StoreError::fault(sentence));
                Outcome::Undone
            }
            Ok(result) => {
                let outcome = if result.is_ok() { Outcome::Kept } else { Outcome::Undone };
                self.answer = Some(result);
                outcome
            }
            Err(_) => {
                self.fail(StoreError::fault("the work panicked"));
                Outcome::Panicked
            }
        }
    }

    fn fail(&mut self, error: StoreError) {
        if !matches!(self.answer, Some(Err(_))) {
            self.answer = Some(Err(error.into()));
        }
    }

    fn answer(self: Box<Self>) {
        if let Some(answer) = self.answer {
            let _caller_has_gone = self.reply.send(answer);
        }
    }

    fn age(&self) -> Duration {
        self.since.elapsed()
    }
}

impl<T, E: From<StoreError>> Receipt<T, E> {
    /// Waits within tokio.
    pub(super) async fn wait(mut self) -> Result<T, E> {
        if let Ok(reply) = tokio::time::timeout(PATIENCE_TO_BEGIN, &mut self.reply).await {
            return reply.unwrap_or_else(|_| Err(unanswered().into()));
        }
        let withdrawn =
            self.state.compare_exchange(WAITING, WITHDRAWN, Ordering::AcqRel, Ordering::Acquire);
        if withdrawn.is_ok() {
            return Err(StoreError::Unavailable("it is overloaded or stuck".to_owned()).into());
        }
        match tokio::time::timeout(PATIENCE_TO_END - PATIENCE_TO_BEGIN, self.reply).await {
            Ok(reply) => reply.unwrap_or_else(|_| Err(unanswered().into())),
            Err(_) => Err(unanswered().into()),
        }
    }

    /// Waits on a thread that is not tokio's, for as long as it takes.
    pub(super) fn wait_blocking(self) -> Result<T, E> {
        self.reply.blocking_recv().unwrap_or_else(|_| Err(unanswered().into()))
    }
}

fn unanswered() -> StoreError {
    StoreError::fault("the store gave no answer; whether the work was done is not known")
}

/// The line of work in front of one or several threads.
pub(super) struct Queue {
    line: Mutex<Line>,
    arrival: Condvar,
    longest: usize,
}

struct Line {
    waiting: VecDeque<Box<dyn Work>>,
    closed: bool,
}

impl Queue {
    /// An empty line that takes up to `longest` pieces.
    pub(super) fn up_to(longest: usize) -> Self {
        let line = Line { waiting: VecDeque::new(), closed: false };
        Self { line: Mutex::new(line), arrival: Condvar::new(), longest }
    }

    /// No code that may panic runs while the lock is held, so a poisoned one is still sound.
    fn lock(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a piece of work at the end of the line.
    pub(super) fn push(&self, work: Box<dyn Work>) -> Result<(), StoreError> {
        let mut line = self.lock();
        if line.closed {
            return Err(StoreError::Unavailable("it is closed".to_owned()));
        }
        if line.waiting.len() >= self.longest {
            return Err(StoreError::Busy);
        }
        line.waiting.push_back(work);
        drop(line);
        self.arrival.notify_one();
        Ok(())
    }

    /// Waits for work and takes up to `most` pieces; none once closed and done.
    pub(super) fn take(&self, most: usize) -> Vec<Box<dyn Work>> {
        let mut line = self.lock();
        loop {
            let count = line.waiting.len().min(most);
            let mut taken: Vec<_> = line.waiting.drain(..count).collect();
            taken.retain(|work| work.begin());
            if !taken.is_empty() {
                return taken;
            }
            if line.waiting.is_empty() {
                if line.closed {
                    return taken;
                }
                line = self.arrival.wait(line).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    /// Takes no more work in; what waits is still done.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.arrival.notify_all();
    }
}

/// A thread with a name, for the operator's tools.
pub(super) fn named(
    name: &str,
    body: impl FnOnce() + Send + 'static,
) -> Result<JoinHandle<()>, StoreError> {
    let started = thread::Builder::new().name(name.to_owned()).spawn(body);
    started.map_err(|error| StoreError::fault(format!("no thread {name}: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work() -> (Box<dyn Work>, Receipt<(), StoreError>) {
        job(|_| Ok(()))
    }

    #[test]
    fn a_line_takes_so_much_and_no_more() {
        let line = Queue::up_to(2);
        let mut receipts = Vec::new();
        for _ in 0..2 {
            let (work, receipt) = work();
            line.push(work).expect("there is room");
            receipts.push(receipt);
        }
        assert!(matches!(line.push(work().0), Err(StoreError::Busy)));
        assert_eq!(line.take(1).len(), 1);
        line.push(work().0).expect("there is room again");
        line.close();
        assert!(matches!(line.push(work().0), Err(StoreError::Unavailable(_))));
        assert_eq!((line.take(256).len(), line.take(256).len()), (2, 0));
    }

    #[test]
    fn what_its_caller_withdrew_is_not_begun() {
        let line = Queue::up_to(2);
        let (waiting, receipt) = work();
        line.push(waiting).expect("there is room");
        receipt.state.store(WITHDRAWN, Ordering::Release);
        line.close();
        assert!(line.take(256).is_empty());
    }

    #[test]
    fn an_answer_that_never_comes_is_a_fault() {
        let (forgotten, receipt) = work();
        drop(forgotten);
        assert!(matches!(receipt.wait_blocking(), Err(StoreError::Fault(_))));
    }
}
