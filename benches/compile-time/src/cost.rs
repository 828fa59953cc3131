//! What a command costs, and what becomes of several costs.

use std::io;
use std::process::Command;
use std::time::Instant;

/// Seconds of one run: those that passed, and those of all processors in the command and all that it waited for.
#[derive(Clone, Copy, Default)]
pub struct Cost {
    pub wall: f64,
    pub cpu: f64,
}

impl Cost {
    /// Runs the command to its end.
    pub fn of(command: &mut Command) -> io::Result<Self> {
        let (start, before) = (Instant::now(), children_seconds());
        let status = command.status()?;
        let cost = Self {
            wall: start.elapsed().as_secs_f64(),
            cpu: children_seconds() - before,
        };
        if status.success() {
            Ok(cost)
        } else {
            Err(io::Error::other(format!("{command:?} ended with {status}")))
        }
    }
}

/// User and system time of all processes that have been waited for.
fn children_seconds() -> f64 {
    // SAFETY: `getrusage` fills the whole structure, which is plain numbers and may be zero before.
    let usage = unsafe {
        let mut usage = std::mem::zeroed::<libc::rusage>();
        libc::getrusage(libc::RUSAGE_CHILDREN, &raw mut usage);
        usage
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "seconds and microseconds of one benchmark"
    )]
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// One number of a cost.
pub type Unit = fn(&Cost) -> f64;

pub const CPU: Unit = |cost| cost.cpu;
pub const WALL: Unit = |cost| cost.wall;

/// The costs of one thing, one a round.
#[derive(Clone, Default)]
pub struct Costs(pub Vec<Cost>);

impl Costs {
    pub fn median(&self, unit: Unit) -> f64 {
        median(self.0.iter().map(unit))
    }

    /// The least: what it costs where nothing disturbs.
    pub fn least(&self, unit: Unit) -> f64 {
        self.0.iter().map(unit).fold(f64::INFINITY, f64::min)
    }

    /// The median of each round's ratio: what disturbs a round disturbs both.
    pub fn ratio(&self, peer: &Self, unit: Unit) -> f64 {
        median(
            self.0
                .iter()
                .zip(&peer.0)
                .map(|(cost, peer)| unit(cost) / unit(peer)),
        )
    }
}

fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<_> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    match numbers.len() {
        0 => f64::NAN,
        length if length % 2 == 1 => numbers[length / 2],
        length => f64::midpoint(numbers[length / 2 - 1], numbers[length / 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_of_one_round() {
        let costs = |cpu: &[f64]| {
            Costs(
                cpu.iter()
                    .map(|cpu| Cost {
                        wall: 0.0,
                        cpu: *cpu,
                    })
                    .collect(),
            )
        };
        let (ours, peer) = (costs(&[2.0, 40.0, 6.0]), costs(&[1.0, 20.0, 2.0]));
        assert!((ours.ratio(&peer, CPU) - 2.0).abs() < 1e-9);
        assert!((ours.median(CPU) - 6.0).abs() < 1e-9);
        assert!((ours.least(CPU) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn an_even_number_of_rounds_has_a_median() {
        assert!((median([4.0, 1.0, 2.0, 3.0].into_iter()) - 2.5).abs() < 1e-9);
        assert!(median([].into_iter()).is_nan());
    }
}
