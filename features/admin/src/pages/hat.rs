//! Another hat: the switcher in the bar.

use crate::actions;
use people::UnitId;
use web::{Answer, Posted, Visit};

/// Goes home: what the old hat showed may not be there under the new one.
pub async fn send(visit: Visit, form: Posted) -> Answer {
    let unit: UnitId = form.hidden("hat")?;
    actions::wear(&visit.site, &visit.scope, &visit.session, unit).await?;
    let hat = visit.hats.iter().find(|hat| hat.unit == unit);
    let say = hat.map(|hat| format!("Bạn đang làm việc tại {}.", hat.unit_name));
    web::to("/", say.as_deref())
}
