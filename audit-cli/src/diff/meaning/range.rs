//! The bounds of a number, and its step. Numbers are compared as the service's JavaScript does: as floats.

use audit_core::limits::MAX_SAFE_INTEGER;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::json::number;

/// A bound, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bound {
    pub at: f64,
    /// Whether the number itself is beyond it.
    pub excluded: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Range {
    pub min: Option<Bound>,
    pub max: Option<Bound>,
    /// Accepted numbers are its multiples.
    pub step: Option<Step>,
}

/// The divisor of numbers, in parts of 1024: whether a float is a multiple of a fraction like `0.1` depends on rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Step(u64);

impl Step {
    /// Of integers.
    pub const WHOLE: Self = Self(1 << 10);

    /// `None` where it is no number of parts.
    pub fn of(value: &Value) -> Option<Self> {
        let parts = number(value.as_f64()? * float(Self::WHOLE.0)).as_u64()?;
        (parts > 0).then_some(Self(parts))
    }

    pub fn value(self) -> f64 {
        float(self.0) / float(Self::WHOLE.0)
    }

    /// Whether every multiple of it is one of the other one, too.
    pub fn within(self, other: Self) -> bool {
        self.0.is_multiple_of(other.0)
    }

    /// The least common multiple.
    fn and(self, other: Self) -> Self {
        let (mut divisor, mut rest) = (self.0, other.0);
        while rest > 0 {
            (divisor, rest) = (rest, divisor % rest);
        }
        Self((self.0 / divisor).saturating_mul(other.0))
    }
}

impl Bound {
    pub fn at(at: f64) -> Self {
        Self {
            at: at + 0.0,
            excluded: false,
        }
    }

    pub fn beyond(at: f64) -> Self {
        Self {
            excluded: true,
            ..Self::at(at)
        }
    }

    /// Whether it excludes everything below that `other` does.
    pub fn is_above(self, other: Self) -> bool {
        self.at > other.at || (same(self.at, other.at) && (self.excluded || !other.excluded))
    }

    /// Whether it excludes everything above that `other` does.
    pub fn is_below(self, other: Self) -> bool {
        self.at < other.at || (same(self.at, other.at) && (self.excluded || !other.excluded))
    }
}

impl Range {
    pub fn multiples_of(step: Step) -> Self {
        Self {
            step: Some(step),
            ..Self::default()
        }
    }

    /// Whether every multiple of this one's step is one of the other one's, too.
    pub fn steps_within(self, other: Self) -> bool {
        match (self.step, other.step) {
            (_, None) => true,
            (None, Some(_)) => false,
            // Two multiples in a row are multiples of the other step only where the step itself is one.
            (Some(own), Some(other)) => own.within(other),
        }
    }

    /// Both bounds, infinite by default; with a step, the lowest and the highest multiple of it between them. No integer is beyond
    /// those that JavaScript has.
    pub fn limits(self, step: Option<Step>) -> (Bound, Bound) {
        let most = if step.is_some_and(|step| step.within(Step::WHOLE)) {
            SAFE
        } else {
            f64::INFINITY
        };
        let min = self
            .min
            .filter(|min| min.at > -most)
            .unwrap_or(Bound::at(-most));
        let max = self
            .max
            .filter(|max| max.at < most)
            .unwrap_or(Bound::at(most));
        let Some(step) = step.map(Step::value) else {
            return (min, max);
        };
        let up = |bound: Bound| {
            let multiple = (bound.at / step).ceil() * step;
            let is_out = bound.excluded && same(multiple, bound.at);
            Bound::at(if is_out { multiple + step } else { multiple })
        };
        // The highest below a bound is the lowest above its negative.
        let negative = |bound: Bound| Bound {
            at: 0.0 - bound.at,
            ..bound
        };
        (up(min), negative(up(negative(max))))
    }
}

/// With the bounds that hold, however they are written.
impl Serialize for Range {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.limits(self.step), self.step).serialize(serializer)
    }
}

#[expect(clippy::cast_precision_loss, reason = "the largest that has none")]
const SAFE: f64 = MAX_SAFE_INTEGER as f64;

impl Range {
    pub fn holds(self, value: &Value) -> bool {
        let Some(number) = value.as_f64() else {
            return false;
        };
        let ((min, max), own) = (self.limits(None), Bound::at(number));
        own.is_above(min)
            && own.is_below(max)
            && self
                .step
                .is_none_or(|step| same(number % step.value(), 0.0))
    }

    /// The intersection.
    pub fn and(self, other: Self) -> Self {
        let tighter = |bounds: [Option<Bound>; 2], is_tighter: fn(Bound, Bound) -> bool| {
            let bounds = bounds.into_iter().flatten();
            bounds.reduce(|one, two| if is_tighter(one, two) { one } else { two })
        };
        let steps = [self.step, other.step].into_iter().flatten();
        Self {
            min: tighter([self.min, other.min], Bound::is_above),
            max: tighter([self.max, other.max], Bound::is_below),
            step: steps.reduce(Step::and),
        }
    }

    /// Whether every number in this range is in the other one, too. Two at least are in this one.
    pub fn within(self, other: Self) -> bool {
        let ((min, max), (others_min, others_max)) = (self.limits(self.step), other.limits(None));
        self.steps_within(other) && min.is_above(others_min) && max.is_below(others_max)
    }

    /// Every number in it, if at most `limit` or one.
    pub fn few(self, limit: usize) -> Option<Vec<Value>> {
        let (min, max) = self.limits(self.step);
        if min.at > max.at || (same(min.at, max.at) && (min.excluded || max.excluded)) {
            return Some(Vec::new());
        }
        let Some(step) = self.step.map(Step::value) else {
            return same(min.at, max.at).then(|| vec![number(min.at)]);
        };
        let others = (max.at - min.at) / step;
        // An infinite number of them isn't few, either.
        if others >= float(limit as u64) {
            return None;
        }
        let steps = (0_u64..).map(float).take_while(|steps| *steps <= others);
        Some(steps.map(|steps| number(min.at + steps * step)).collect())
    }
}

#[expect(
    clippy::float_cmp,
    reason = "one number or another, not one that was computed"
)]
fn same(one: f64, other: f64) -> bool {
    one == other
}

#[expect(clippy::cast_precision_loss, reason = "as JavaScript reads it")]
fn float(number: u64) -> f64 {
    number as f64
}
