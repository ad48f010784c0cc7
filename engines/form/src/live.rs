//! What a page needs to stay true while somebody types: which answers each question looks at.
//!
//! Nothing is evaluated in the browser. A box that somebody looks at (`watched`) posts the form when it changes, and the
//! server gives back the form as it is now: the same `settle` as without JavaScript.

use crate::expr::Expr;
use crate::form::{Default, Form, Piece, When, Words};
use std::collections::BTreeSet;

/// One question and the paths of those it looks at (`nguoi.ho_ten`: in whichever row).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Live {
    pub path: String,
    /// For whether it is shown.
    pub relevant: BTreeSet<String>,
    /// For what stands in it: calculation, default, the number of rows, the choices offered.
    pub value: BTreeSet<String>,
    /// For whether the answer will do: required, constraint, read only.
    pub check: BTreeSet<String>,
    /// For its sentences.
    pub words: BTreeSet<String>,
}

pub fn live(form: &Form) -> Vec<Live> {
    (0..form.questions.len()).map(|place| of(form, place)).collect()
}

/// The paths that some other question looks at.
pub fn watched(form: &Form) -> BTreeSet<String> {
    let others = |live: Live| {
        let own = live.path;
        let all = [live.relevant, live.value, live.check, live.words].into_iter().flatten();
        all.filter(move |path| *path != own).collect::<Vec<_>>()
    };
    live(form).into_iter().flat_map(others).collect()
}

fn of(form: &Form, place: usize) -> Live {
    let question = &form.questions[place];
    let paths = |exprs: &[Option<&Expr>]| {
        let mut found = BTreeSet::new();
        exprs.iter().flatten().for_each(|expr| {
            expr.refers(place, &mut |other| {
                found.insert(form.path(other));
            });
        });
        found
    };
    let when = |when: &'_ When| -> Option<Expr> {
        match when {
            When::If(expr) => Some(expr.clone()),
            When::Never | When::Always => None,
        }
    };
    let default = match &question.default {
        Default::Counted(expr) => Some(expr),
        Default::Nothing | Default::Text(_) => None,
    };
    let (required, read_only) = (when(&question.required), when(&question.read_only));
    let sentences = [&question.label, &question.hint, &question.required_message, &question.constraint_message];
    let choices = question.kind.list().map(|list| form.lists[list].choices.as_slice()).unwrap_or_default();
    let pieces = sentences.into_iter().chain(choices.iter().map(|choice| &choice.label)).flat_map(|Words(all)| all);
    let told = pieces.filter_map(|piece| match piece {
        Piece::Ref(other) => Some(form.path(*other)),
        Piece::Text(_) => None,
    });
    Live {
        path: form.path(place),
        relevant: paths(&[question.relevant.as_ref()]),
        value: paths(&[
            question.calculation.as_ref(),
            default,
            question.repeat_count.as_ref(),
            question.choice_filter.as_ref(),
        ]),
        check: paths(&[required.as_ref(), read_only.as_ref(), question.constraint.as_ref()]),
        words: told.collect(),
    }
}
