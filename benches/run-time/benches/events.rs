//! Times, side by side: `cargo bench --profile measure -p run-time`, with `--features peers` for all of them.

use run_time::Contender;

#[divan::bench(args = run_time::contenders::all(), sample_count = 200, sample_size = 200)]
fn event(bencher: divan::Bencher<'_, '_>, contender: &Contender) {
    let (input, mut out) = (run_time::input::sample(), Vec::new());
    bencher.bench_local(|| (contender.run)(std::hint::black_box(&input), &mut out));
}

fn main() {
    divan::main();
}
