//! Makes events of values: the only place that knows the request's context and reads the clock.

use std::io::{self, Write};
use std::time::SystemTime;

use audit_core::{AlwaysValid, AuditEntity, AuditEvent, BuildError, Context, Envelope, Event};

/// Writes each event as one line of JSON, with the version that the code declares: an outbox. What is sent of it is
/// [`Registrations::to_wire`](audit_core::Registrations::to_wire) of each line.
#[derive(Debug)]
pub struct Recorder<W> {
    context: Context,
    clock: fn() -> SystemTime,
    out: W,
}

impl<W: Write> Recorder<W> {
    /// For the events of one request.
    pub fn new(context: Context, clock: fn() -> SystemTime, out: W) -> Self {
        Self {
            context,
            clock,
            out,
        }
    }

    fn envelope(&self) -> Envelope {
        Envelope::new(&self.context).occurred_at((self.clock)())
    }

    /// Records what can be refused: free text, floats, 64-bit numbers, lists of targets.
    ///
    /// # Errors
    /// What the event breaks, or what the output says.
    pub fn try_record(&mut self, value: impl AuditEvent) -> Result<(), RecordError> {
        let event = value.try_into_event(self.envelope())?;
        Ok(self.write(&event)?)
    }

    /// Records what can't be refused, as its types prove.
    ///
    /// # Errors
    /// What the output says.
    pub fn record(&mut self, value: impl AuditEvent + AlwaysValid) -> io::Result<()> {
        let event = value.into_event(self.envelope());
        self.write(&event)
    }

    /// Records an event that doesn't hold its actor.
    ///
    /// # Errors
    /// What the event breaks, or what the output says.
    pub fn try_record_by<A: AuditEntity>(
        &mut self,
        actor: &A,
        value: impl AuditEvent<A>,
    ) -> Result<(), RecordError> {
        let event = value.try_into_event_with_actor(actor, self.envelope())?;
        Ok(self.write(&event)?)
    }

    /// Records an event that was built already.
    ///
    /// # Errors
    /// What the output says.
    pub fn write(&mut self, event: &Event) -> io::Result<()> {
        writeln!(self.out, "{}", event.as_json())
    }
}

/// Why an event wasn't recorded.
#[derive(Debug)]
pub enum RecordError {
    /// It breaks a limit.
    Build(BuildError),
    /// It couldn't be written.
    Write(io::Error),
}

impl std::fmt::Display for RecordError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Build(error) => error.fmt(f),
            Self::Write(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for RecordError {}

impl From<BuildError> for RecordError {
    fn from(error: BuildError) -> Self {
        Self::Build(error)
    }
}

impl From<io::Error> for RecordError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}
