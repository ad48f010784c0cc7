pub fn routes() -> web::Routes { web::Routes::new() }
pub const NAV: &[web::NavEntry] = &[];
