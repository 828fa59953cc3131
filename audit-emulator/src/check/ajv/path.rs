//! Where a keyword stands in its schema. Each place knows the one above, so that a deep schema's paths take no more room than the schema.

use std::sync::Arc;

use super::words::{fragment, pointer};

/// A place.
#[derive(Clone, Debug)]
pub struct Place(Arc<Step>);

#[derive(Debug)]
struct Step {
    above: Option<Place>,
    segment: Box<str>,
}

impl Place {
    /// The whole schema.
    pub fn root() -> Self {
        Self(Arc::new(Step {
            above: None,
            segment: "".into(),
        }))
    }

    /// One step down.
    pub fn below(&self, segment: &str) -> Self {
        Self(Arc::new(Step {
            above: Some(self.clone()),
            segment: segment.into(),
        }))
    }

    /// How many steps it is from the root.
    pub fn depth(&self) -> usize {
        self.segments().count() - 1
    }

    /// `#/properties/a%20b`: in the fragment of a URL, as errors show it.
    pub fn fragment(&self) -> String {
        self.write("#", fragment)
    }

    /// `/properties/a b`: as a pointer, for those who read what we refuse.
    pub fn pointer(&self) -> String {
        self.write("", pointer)
    }

    fn write(&self, root: &str, segment: fn(&str) -> String) -> String {
        let mut steps: Vec<String> = self
            .segments()
            .map(|step| format!("/{}", segment(&step.segment)))
            .collect();
        // The root is no step.
        steps.pop();
        steps.push(root.to_owned());
        steps.into_iter().rev().collect()
    }

    fn segments(&self) -> impl Iterator<Item = &Step> {
        std::iter::successors(Some(&*self.0), |step| {
            step.above.as_ref().map(|above| &*above.0)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_in_both_ways() {
        let place = Place::root().below("properties").below("a/b c");
        assert_eq!(
            (place.fragment().as_str(), place.pointer().as_str()),
            ("#/properties/a~1b%20c", "/properties/a~1b c")
        );
        assert_eq!(
            (
                Place::root().fragment().as_str(),
                Place::root().depth(),
                place.depth()
            ),
            ("#", 0, 2)
        );
    }
}
