//! What the command line asks for.

/// What is measured, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measurement {
    Build { events: usize, rounds: usize },
    Edit { events: usize, rounds: usize },
    Instructions,
    Linear { rounds: usize },
    Size { small: usize, large: usize },
    Cold { rounds: usize },
    Budget,
    CpuBudget,
}

pub const USAGE: &str = "\
usage: compile-time MEASUREMENT
  build [EVENTS] [ROUNDS]   the crate alone, with nothing of it cached (500, 3)
  edit [EVENTS] [ROUNDS]    one field of one event renamed, everything else cached (1000, 5)
  instructions              what an event adds to `cargo check`, counted by valgrind: stable where times are not
  linear [ROUNDS]           250, 500, 1000 and 2000 events (1)
  size [SMALL] [LARGE]      bytes that an event adds, from the difference of two crates (20, 120)
  cold [ROUNDS]             the dependencies, with an empty registry cache and with a full one (3)
  budget                    the instructions of `cargo check`, compared with budget.toml: exit status 1 where they are over
  cpu-budget                the same of the CPU time of a small `build`";

pub fn parse(arguments: &[String]) -> Result<Measurement, String> {
    let (name, numbers) = arguments.split_first().ok_or("what is to be measured?")?;
    let numbers = numbers
        .iter()
        .map(|text| number(text))
        .collect::<Result<Vec<_>, _>>()?;
    let at = |index: usize, default| numbers.get(index).copied().unwrap_or(default);
    let (measurement, most) = match name.as_str() {
        "build" => (
            Measurement::Build {
                events: at(0, 500),
                rounds: at(1, 3),
            },
            2,
        ),
        "edit" => (
            Measurement::Edit {
                events: at(0, 1000),
                rounds: at(1, 5),
            },
            2,
        ),
        "instructions" => (Measurement::Instructions, 0),
        "linear" => (Measurement::Linear { rounds: at(0, 1) }, 1),
        "size" => (
            Measurement::Size {
                small: at(0, 20),
                large: at(1, 120),
            },
            2,
        ),
        "cold" => (Measurement::Cold { rounds: at(0, 3) }, 1),
        "budget" => (Measurement::Budget, 0),
        "cpu-budget" => (Measurement::CpuBudget, 0),
        other => return Err(format!("`{other}` isn't a measurement")),
    };
    match measurement {
        _ if numbers.len() > most => Err(format!("`{name}` takes at most {most} numbers")),
        Measurement::Size { small, large } if small >= large => {
            Err("LARGE isn't larger than SMALL".into())
        }
        _ => Ok(measurement),
    }
}

fn number(text: &str) -> Result<usize, String> {
    text.parse()
        .ok()
        .filter(|number| *number > 0)
        .ok_or_else(|| format!("`{text}` isn't a number above zero"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Measurement, String> {
        parse(
            &line
                .split_whitespace()
                .map(ToOwned::to_owned)
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn numbers_have_defaults() {
        assert_eq!(
            parsed("build"),
            Ok(Measurement::Build {
                events: 500,
                rounds: 3
            })
        );
        assert_eq!(
            parsed("edit 20"),
            Ok(Measurement::Edit {
                events: 20,
                rounds: 5
            })
        );
        assert_eq!(
            parsed("size 1 2"),
            Ok(Measurement::Size { small: 1, large: 2 })
        );
    }

    #[test]
    fn says_what_is_wrong() {
        for (line, error) in [
            ("", "what is to be measured?"),
            ("run", "`run` isn't a measurement"),
            ("build 0", "`0` isn't a number above zero"),
            ("build many", "`many` isn't a number above zero"),
            ("cold 3 3", "`cold` takes at most 1 numbers"),
            ("size 20 20", "LARGE isn't larger than SMALL"),
        ] {
            assert_eq!(parsed(line), Err(error.into()), "{line}");
        }
    }
}
