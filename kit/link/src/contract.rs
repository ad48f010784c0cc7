//! The schema of every body that crosses the wall.

use crate::Delivery;
use crate::schema::Schema;
use crate::words::unreadable;
use serde_json::Value;
use std::sync::OnceLock;

macro_rules! schemas {
    ($($(#[$about:meta])* $name:ident = $file:literal;)*) => {
        $($(#[$about])*
        pub fn $name() -> &'static Contract {
            static READ: OnceLock<Contract> = OnceLock::new();
            READ.get_or_init(|| Contract::read($file, include_str!(concat!("../../../data/links/", $file))))
        })*

        /// All of them: each file's name with its text.
        pub fn all() -> Vec<(&'static str, &'static str)> {
            vec![$(($file, include_str!(concat!("../../../data/links/", $file)))),*]
        }
    };
}

schemas! {
    session_2019 = "dvcqg-2019-session.json";
    dossier_2019 = "dvcqg-2019-dossier.json";
    dossier_2023 = "dvcqg-2023-dossier.json";
    progress_2019 = "dvcqg-2019-progress.json";
    create_2026 = "dvcqg-2026-create.json";
    progress_2026 = "dvcqg-2026-progress.json";
    status_2026 = "dvcqg-2026-status.json";
    file_2026 = "dvcqg-2026-file.json";
    push_2026 = "dvcqg-2026-push.json";
    payment_create = "payment-create.json";
    payment_query = "payment-query.json";
    payment_refund = "payment-refund.json";
    payment_notice = "payment-notice.json";
    reporting_figures = "reporting-figures.json";
    reporting_text = "reporting-text.json";
    reporting_status = "reporting-status.json";
}

/// One body's schema.
pub struct Contract(Result<Schema, String>);

impl Contract {
    fn read(file: &str, text: &str) -> Contract {
        Contract(Schema::read(text).map_err(|error| format!("{file}: {error}")))
    }

    /// What is wrong with a body, in Vietnamese. A schema that cannot be read (a test looks) lets nothing pass.
    pub fn problems(&self, body: &Value) -> Vec<String> {
        match &self.0 {
            Ok(schema) => schema.problems(body),
            Err(error) => vec![error.clone()],
        }
    }

    /// Before a body is sent: at most the first three problems, since a person reads them.
    pub(crate) fn hold(&self, body: &Value) -> Result<(), Delivery> {
        let problems = self.problems(body);
        match problems.is_empty() {
            true => Ok(()),
            false => Err(Delivery::wrong(unreadable(&problems[..problems.len().min(3)].join("; ")))),
        }
    }
}
