//! How much work one check may be: whoever writes a schema may make one whose check never ends.

use std::cell::{Cell, RefCell};

/// So many steps; one is a keyword that is looked at, or a byte that a small pattern reads. A large event takes a hundredth of it.
const STEPS: u64 = 20_000_000;

/// What is left of it, and who asked for more.
pub struct Budget {
    left: Cell<u64>,
    blamed: RefCell<Option<String>>,
}

impl Budget {
    pub fn new() -> Self {
        Self {
            left: Cell::new(STEPS),
            blamed: RefCell::new(None),
        }
    }

    /// Takes so many steps; where they aren't there nothing is left, and what was found since means nothing.
    pub fn spend(&self, steps: u64, who: impl FnOnce() -> String) -> bool {
        if let Some(left) = self
            .left
            .get()
            .checked_sub(steps)
            .filter(|_| !self.is_spent())
        {
            self.left.set(left);
            return true;
        }
        self.left.set(0);
        self.blamed.borrow_mut().get_or_insert_with(who);
        false
    }

    /// Whether somebody asked for more than there was.
    pub fn is_spent(&self) -> bool {
        self.blamed.borrow().is_some()
    }

    /// Who did.
    pub fn blamed(self) -> Option<String> {
        self.blamed.into_inner()
    }
}
