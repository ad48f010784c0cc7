//! A QR code, drawn as one path: the site's policy lets no picture bring a style.

use maud::{Markup, html};
use people::Failure;
use qrcode::{Color, QrCode};

/// `text` as a code; `says` what it is, for whoever does not see it.
pub fn qr(text: &str, says: &str) -> Result<Markup, Failure> {
    let code = QrCode::new(text).map_err(|error| Failure::Broken(format!("QR: {error}")))?;
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    // Four light modules around it: without them cameras do not find the code (ISO/IEC 18004).
    let path: String = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + 4, at / width + 4)).collect();
    let side = width + 8;
    Ok(html! {
        svg width="180" height="180" viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(says) shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    })
}
