//! From what a maker uploads to what the market serves: read with care, turned upright, freed of everything but
//! its pixels, and written anew in two sizes.

use crate::Refusal;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};
use std::io::Cursor;

/// More pixels than any screen shows or most cameras take.
const MOST_PIXELS: u64 = 40_000_000;

/// A picture smaller than this shows nothing of a product.
const LEAST_SIDE: u32 = 200;

/// What one decoder may take for itself, in bytes: the largest picture in four channels, with some to spare.
const DECODER_MEMORY: u64 = 256 * 1024 * 1024;

const QUALITY: u8 = 85;

/// The longest side of each stored size, in pixels.
pub(super) const LARGE: u32 = 1200;
pub(super) const SMALL: u32 = 480;

/// A picture as JPEG in both stored sizes.
pub(super) struct Encoded {
    pub large: Vec<u8>,
    pub small: Vec<u8>,
}

/// Reads a picture and writes it anew. Takes up to seconds and hundreds of megabytes: call it off the executor.
pub(super) fn encode(bytes: &[u8]) -> Result<Encoded, Refusal> {
    let (image, orientation) = read(bytes)?;
    let mut large = DynamicImage::ImageRgb8(on_white(image));
    large = at_most(large, LARGE);
    large.apply_orientation(orientation);
    let encoded_large = jpeg(&large)?;
    let small = jpeg(&at_most(large, SMALL))?;
    Ok(Encoded {
        large: encoded_large,
        small,
    })
}

fn read(bytes: &[u8]) -> Result<(DynamicImage, image::metadata::Orientation), Refusal> {
    let reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| no_picture())?;
    let Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP) = reader.format() else {
        return Err(no_picture());
    };
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODER_MEMORY);
    let mut reader = reader;
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(|_| damaged())?;

    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS
        || limits.reserve(decoder.total_bytes()).is_err()
    {
        return Err(refused(
            "This picture has more than 40 megapixels. Make it smaller, then try again.",
        ));
    }
    if width.min(height) < LEAST_SIDE {
        return Err(Refusal::Picture(format!(
            "This picture is too small. Choose one of at least {LEAST_SIDE} × {LEAST_SIDE} pixels."
        )));
    }
    let orientation = decoder.orientation().map_err(|_| damaged())?;
    let image = DynamicImage::from_decoder(decoder).map_err(|_| damaged())?;
    Ok((image, orientation))
}

/// JPEG knows no transparency: what is transparent turns white.
fn on_white(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let image = image.into_rgba8();
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [red, green, blue, alpha] = image.get_pixel(x, y).0;
        image::Rgb([red, green, blue].map(|colour| over_white(colour, alpha)))
    })
}

fn over_white(colour: u8, alpha: u8) -> u8 {
    let (colour, alpha) = (u32::from(colour), u32::from(alpha));
    let mixed = (colour * alpha + 255 * (255 - alpha) + 127) / 255;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

/// The picture with no side longer than `side`. Smaller ones stay as they are.
fn at_most(image: DynamicImage, side: u32) -> DynamicImage {
    if image.width().max(image.height()) <= side {
        image
    } else {
        image.resize(side, side, FilterType::Lanczos3)
    }
}

fn jpeg(image: &DynamicImage) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    encoder.encode_image(image).map_err(|_| damaged())?;
    Ok(bytes)
}

fn no_picture() -> Refusal {
    refused("This file is not a picture the market can read. Choose a JPEG, PNG or WebP.")
}

fn damaged() -> Refusal {
    refused("This picture can't be read. Save it again as JPEG, PNG or WebP, then try again.")
}

fn refused(sentence: &str) -> Refusal {
    Refusal::Picture(sentence.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageEncoder, Rgb, Rgba, RgbaImage};

    fn sides(jpeg: &[u8]) -> (u32, u32) {
        let image = image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap();
        (image.width(), image.height())
    }

    fn as_png(image: &DynamicImage) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn large_pictures_shrink_and_small_ones_stay() {
        let wide = encode(&as_png(&DynamicImage::new_rgb8(2400, 800))).unwrap();
        assert_eq!(
            (sides(&wide.large), sides(&wide.small)),
            ((1200, 400), (480, 160))
        );
        let small = encode(&as_png(&DynamicImage::new_luma8(300, 200))).unwrap();
        assert_eq!(
            (sides(&small.large), sides(&small.small)),
            ((300, 200), (300, 200))
        );
    }

    #[test]
    fn what_is_transparent_turns_white() {
        let clear = RgbaImage::from_pixel(200, 200, Rgba([0, 0, 0, 0]));
        let encoded = encode(&as_png(&DynamicImage::ImageRgba8(clear))).unwrap();
        let image = image::load_from_memory(&encoded.large).unwrap().into_rgb8();
        assert!(
            image
                .pixels()
                .all(|pixel| pixel.0.iter().all(|colour| *colour > 250))
        );
        assert_eq!(
            (over_white(0, 255), over_white(200, 0), over_white(100, 128)),
            (0, 255, 177)
        );
    }

    #[test]
    fn a_picture_taken_sideways_is_turned_upright() {
        // Big-endian TIFF header, one entry: orientation (0x0112), SHORT, one value, 6 = a quarter turn clockwise.
        let exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        let sideways = RgbImage::from_fn(400, 200, |x, _| {
            if x < 200 {
                Rgb([255, 0, 0])
            } else {
                Rgb([0, 0, 255])
            }
        });
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
        encoder.set_exif_metadata(exif).unwrap();
        encoder.encode_image(&sideways).unwrap();

        let upright = image::load_from_memory(&encode(&bytes).unwrap().large)
            .unwrap()
            .into_rgb8();
        assert_eq!(upright.dimensions(), (200, 400));
        assert!(
            upright.get_pixel(100, 20).0[0] > 200,
            "the left side is on top now"
        );
        assert!(upright.get_pixel(100, 380).0[2] > 200);
    }

    #[test]
    fn what_is_no_usable_picture_is_refused_with_a_sentence() {
        let small = as_png(&DynamicImage::new_rgb8(199, 900));
        let mut cut = as_png(&DynamicImage::new_rgb8(400, 400));
        cut.truncate(cut.len() / 2);
        for (bytes, sentence) in [
            (
                b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
                "not a picture",
            ),
            (
                b"GIF89a\x01\x00\x01\x00\x00\x00\x00;".to_vec(),
                "not a picture",
            ),
            (Vec::new(), "not a picture"),
            (small, "too small"),
            (cut, "can't be read"),
            (png_that_claims(10_000, 5_000), "40 megapixels"),
        ] {
            match encode(&bytes) {
                Err(Refusal::Picture(told)) => assert!(told.contains(sentence), "{told}"),
                Err(other) => panic!("{other:?}"),
                Ok(_) => panic!("accepted: {sentence}"),
            }
        }
    }

    /// A few bytes that say they are a large picture.
    fn png_that_claims(width: u32, height: u32) -> Vec<u8> {
        let mut header = b"IHDR".to_vec();
        header.extend(width.to_be_bytes());
        header.extend(height.to_be_bytes());
        header.extend([8, 2, 0, 0, 0]);
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
        png.extend(&header);
        png.extend(crc32(&header).to_be_bytes());
        png.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
        png
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 {
                    crc >> 1 ^ 0xedb8_8320
                } else {
                    crc >> 1
                }
            })
        })
    }
}
