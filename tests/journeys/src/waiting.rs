//! Waiting for what is to come, on machines of any speed.

use std::time::{Duration, Instant};

/// How long anything is waited for. Machines are shared and slow; what does come, comes long before.
pub const LIMIT: Duration = Duration::from_secs(40);
/// How often it is looked for.
const PAUSE: Duration = Duration::from_millis(60);

/// Looks again and again until something is there. Fails with the last reason why it was not.
pub async fn eventually<T>(mut look: impl AsyncFnMut() -> Result<T, String>) -> Result<T, String> {
    let start = Instant::now();
    loop {
        match look().await {
            Ok(found) => return Ok(found),
            Err(why) if start.elapsed() > LIMIT => return Err(why),
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}
