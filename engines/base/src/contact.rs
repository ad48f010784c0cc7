//! How people are reached: what a telephone number and an address of mail look like.

/// Ten digits that begin with 0 (Việt Nam), as they are kept: without blanks and dots.
pub fn is_phone(phone: &str) -> bool {
    phone.len() == 10 && phone.starts_with('0') && phone.bytes().all(|byte| byte.is_ascii_digit())
}

/// `ten@noi.vn`: enough to see a slip of the pen; whether it exists, only mail can tell.
pub fn is_email(email: &str) -> bool {
    let Some((name, host)) = email.split_once('@') else { return false };
    !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !email.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen_are_seen() {
        assert!(
            is_phone("0905123456") && !is_phone("905123456") && !is_phone("0905 123 456") && !is_phone("09051234x6")
        );
        assert!(
            is_email("a@b.vn") && !is_email("a@b") && !is_email("@b.vn") && !is_email("a b@c.vn") && !is_email("a@b.")
        );
    }
}
