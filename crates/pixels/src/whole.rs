//! Whether a file goes on to its end. Decoders make up what is missing of one that was cut off on the way here.

use image::ImageFormat;

/// Whether nothing is missing at the end of a picture.
pub(super) fn is_whole(bytes: &[u8], format: ImageFormat) -> bool {
    match format {
        ImageFormat::Jpeg => jpeg(bytes).is_some(),
        ImageFormat::Png => png(bytes).is_some(),
        ImageFormat::WebP => webp(bytes).is_some(),
        _ => true,
    }
}

/// Goes from marker to marker until the one that ends the picture. What follows it, such as a film that a phone adds,
/// is not looked at.
fn jpeg(bytes: &[u8]) -> Option<()> {
    const END: u8 = 0xd9;
    const SCAN: u8 = 0xda;
    let mut at = 2;
    loop {
        // Any number of fill bytes may stand before a marker; some programs leave others between segments.
        at += bytes.get(at..)?.windows(2).position(is_marker)? + 1;
        let marker = *bytes.get(at)?;
        at += 1;
        match marker {
            END => return Some(()),
            // Markers without a segment: restarts, and a start that is repeated.
            0x01 | 0xd0..=0xd8 => {}
            marker => {
                let length = bytes.get(at..at + 2)?;
                at += usize::from(u16::from_be_bytes([length[0], length[1]]));
                bytes.get(..at)?;
                if marker == SCAN {
                    at += bytes
                        .get(at..)?
                        .windows(2)
                        .position(|pair| is_marker(pair) && !matches!(pair[1], 0xd0..=0xd7))?;
                }
            }
        }
    }
}

/// In a scan, `ff 00` is an `ff` of the picture.
fn is_marker(pair: &[u8]) -> bool {
    pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xff)
}

/// Goes from chunk to chunk until the one that ends the picture.
fn png(bytes: &[u8]) -> Option<()> {
    let mut at = 8;
    loop {
        let length = bytes.get(at..at + 4)?;
        let kind = bytes.get(at + 4..at + 8)?;
        let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]);
        at = at
            .checked_add(12)?
            .checked_add(usize::try_from(length).ok()?)?;
        bytes.get(..at)?;
        if kind == b"IEND" {
            return Some(());
        }
    }
}

/// The container says how long it is.
fn webp(bytes: &[u8]) -> Option<()> {
    let length = bytes.get(4..8)?;
    let length = u32::from_le_bytes([length[0], length[1], length[2], length[3]]);
    let end = usize::try_from(length).ok()?.checked_add(8)?;
    bytes.get(..end).map(|_| ())
}
