//! Words to systemd (`Type=notify`): ready, stopping, still alive. Silent where nobody listens.

use sd_notify::NotifyState;

/// Ready to answer; from now on, where systemd asks for it, a sign of life twice per period.
pub fn ready() {
    tell(NotifyState::Ready);
    if let Some(period) = sd_notify::watchdog_enabled() {
        tokio::spawn(async move {
            let mut beat = tokio::time::interval(period / 2);
            loop {
                beat.tick().await;
                tell(NotifyState::Watchdog);
            }
        });
    }
}

pub fn stopping() {
    tell(NotifyState::Stopping);
}

fn tell(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::warn!(%error, "systemd was not told");
    }
}
