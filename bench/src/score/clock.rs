//! Time of one core, and on the wall. The limits are of a core's time: on a machine that does other work at the same
//! moment the wall tells of that work too.

use std::time::Instant;

use super::RUNS;

/// Milliseconds: the mean of a core's time, which the system counts in ticks too coarse for a single run, and the
/// median on the wall.
#[derive(Clone, Copy)]
pub struct Time {
    pub cpu: f64,
    pub wall: f64,
}

pub fn measure<T>(work: impl Fn() -> T) -> Time {
    let times: Vec<Time> = (0..RUNS)
        .map(|_| {
            let (cpu, wall) = (cpu_ms(), Instant::now());
            let made = std::hint::black_box(work());
            let wall = wall.elapsed().as_secs_f64() * 1e3;
            let time = Time { cpu: cpu_ms().zip(cpu).map_or(wall, |(now, before)| now - before), wall };
            drop(made); // giving the memory back is not part of the work
            time
        })
        .collect();
    let mut walls: Vec<f64> = times.iter().map(|time| time.wall).collect();
    walls.sort_by(f64::total_cmp);
    Time { cpu: times.iter().map(|time| time.cpu).sum::<f64>() / RUNS as f64, wall: walls[RUNS / 2] }
}

/// Time this thread has run, where the system tells (Linux); elsewhere the wall stands for it.
fn cpu_ms() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = told.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e6)
}
