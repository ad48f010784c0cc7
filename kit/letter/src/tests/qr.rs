//! QR codes read back from a PDF as a phone would: from what is drawn.

use lopdf::Document;
use lopdf::content::Content;

/// What the QR codes of a page say.
pub fn read(document: &Document, page: u32) -> Vec<String> {
    let id = document.get_pages()[&page];
    let content = Content::decode(&document.get_page_content(id)).unwrap();
    let mut found: Vec<String> = Vec::new();
    let mut boxes: Vec<[f32; 4]> = Vec::new();
    let mut points: Vec<(f32, f32)> = Vec::new();
    for op in &content.operations {
        let number = |at: usize| op.operands[at].as_float().unwrap();
        match op.operator.as_str() {
            "m" => points = vec![(number(0), number(1))],
            "l" => points.push((number(0), number(1))),
            "re" => boxes.push([number(0), number(1), number(0) + number(2), number(1) + number(3)]),
            "h" => boxes.extend(bounds(&points)),
            "f" | "f*" | "S" | "n" => {
                // A table or a rule has few pieces in one path; a code has hundreds.
                if boxes.len() > 100 {
                    found.push(decode(&boxes));
                }
                boxes.clear();
            }
            _ => {}
        }
    }
    found
}

fn bounds(points: &[(f32, f32)]) -> Option<[f32; 4]> {
    let least = |of: fn(&(f32, f32)) -> f32| points.iter().map(of).reduce(f32::min);
    let most = |of: fn(&(f32, f32)) -> f32| points.iter().map(of).reduce(f32::max);
    Some([least(|p| p.0)?, least(|p| p.1)?, most(|p| p.0)?, most(|p| p.1)?])
}

/// Paints the boxes, eight dots a module, and reads the picture.
fn decode(boxes: &[[f32; 4]]) -> String {
    let edge = |at: usize, of: fn(f32, f32) -> f32| boxes.iter().map(|one| one[at]).reduce(of).unwrap();
    let (left, top, right) = (edge(0, f32::min), edge(1, f32::min), edge(2, f32::max));
    let module = boxes.iter().map(|one| one[3] - one[1]).reduce(f32::min).unwrap();
    let dots = |length: f32| (length / module * 8.0).round() as usize;
    let side = dots(right - left) + 64;
    let mut picture = vec![255u8; side * side];
    for [x, y, x2, y2] in boxes {
        for row in dots(y - top)..dots(y2 - top) {
            let from = (row + 32) * side + 32;
            picture[from + dots(x - left)..from + dots(x2 - left)].fill(0);
        }
    }
    // The page's own axis may point up or down: one of the two is the code, not its mirror.
    let flipped: Vec<u8> = picture.chunks(side).rev().flatten().copied().collect();
    [picture, flipped].iter().find_map(|one| seen(one, side)).expect("a QR code that can be read")
}

fn seen(picture: &[u8], side: usize) -> Option<String> {
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| picture[y * side + x]);
    image.detect_grids().iter().find_map(|grid| grid.decode().ok()).map(|(_, content)| content)
}
