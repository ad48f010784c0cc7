//! Every sentence of this way in, and what of it the log is told.

use super::provider::chain;
use crate::Failure;
use base::Refusal;
use db::DbError;
use openidconnect::core::CoreErrorResponseType;
use openidconnect::{RequestTokenError, StandardErrorResponse};
use std::fmt::Display;

/// Why nobody is let in: a sentence for the person, or a failure of the house.
pub(super) enum No {
    Said(Refusal),
    Failed(Failure),
}

impl From<Failure> for No {
    fn from(failure: Failure) -> No {
        No::Failed(failure)
    }
}

impl From<DbError> for No {
    fn from(error: DbError) -> No {
        No::Failed(error.into())
    }
}

fn no(code: &'static str, say: impl Into<String>) -> No {
    No::Said(Refusal::new(code, say))
}

pub(super) fn other_state() -> No {
    no("oidc-state", "Lần đăng nhập này không khớp với trình duyệt hoặc đã quá hạn. Hãy bấm đăng nhập lại.")
}

/// An answer that cannot be believed is either an attack or a provider that is set up wrongly.
pub(super) fn unbelievable(why: &dyn Display) -> No {
    tracing::warn!(%why, "the answer of the OIDC provider is refused");
    no(
        "oidc-answer",
        "Câu trả lời của hệ thống đăng nhập chung không hợp lệ. Hãy đăng nhập lại; nếu vẫn thế, báo quản trị.",
    )
}

pub(super) fn unfit(why: &dyn Display) -> Failure {
    tracing::error!(%why, "the OIDC provider and this site do not fit together");
    Failure::refused("oidc-unfit", "Cửa Việt và hệ thống đăng nhập chung chưa được khai khớp nhau. Hãy báo quản trị.")
}

pub(super) fn away(why: &str) -> Failure {
    tracing::warn!(why, "the OIDC provider does not answer");
    let say = "Hệ thống đăng nhập chung chưa trả lời. Hãy thử lại sau ít phút, hoặc đăng nhập bằng mật khẩu.";
    Failure::refused("oidc-away", say)
}

type Exchange<E> = RequestTokenError<E, StandardErrorResponse<CoreErrorResponseType>>;

pub(super) fn not_exchanged<E: std::error::Error + 'static>(error: &Exchange<E>) -> No {
    match error {
        RequestTokenError::ServerResponse(said) if *said.error() == CoreErrorResponseType::InvalidGrant => {
            tracing::info!(why = %said, "the OIDC provider refuses a code");
            no("oidc-code", "Lần đăng nhập này đã dùng hoặc đã quá hạn. Hãy bấm đăng nhập lại.")
        }
        RequestTokenError::ServerResponse(said) => unfit(said).into(),
        RequestTokenError::Request(error) => away(&chain(error)).into(),
        other => unbelievable(&chain(other)),
    }
}

pub(super) fn unverified() -> No {
    let say = "Hệ thống đăng nhập chung chưa xác nhận thư điện tử của bạn. Hãy xác nhận ở đó rồi thử lại, hoặc đăng nhập bằng mật khẩu.";
    no("oidc-unverified", say)
}

pub(super) fn stranger(email: &str) -> No {
    let say = format!(
        "Chưa có tài khoản nào ghi thư điện tử {email}. Hãy nhờ quản trị của đơn vị ghi địa chỉ này vào tài khoản của bạn rồi đăng nhập lại."
    );
    no("oidc-stranger", say)
}

pub(super) fn shared(email: &str) -> No {
    let say = format!(
        "Thư điện tử {email} đang ghi ở nhiều tài khoản nên chưa biết bạn là ai. Hãy nhờ quản trị chỉ để lại ở tài khoản của bạn."
    );
    no("oidc-shared", say)
}

pub(super) fn bound_to_another(email: &str) -> No {
    let say = format!(
        "Tài khoản có thư điện tử {email} đã gắn với một người khác ở hệ thống đăng nhập chung. Hãy nhờ quản trị kiểm tra."
    );
    no("oidc-bound", say)
}
