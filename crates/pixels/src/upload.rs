//! From what a maker uploads to what the market serves: read with care, turned upright, freed of everything but
//! its pixels, their colours included, and written anew in two sizes.

use crate::colour::in_srgb;
use crate::whole::is_whole;
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

/// The longest side of the large size, in pixels.
pub const LARGE: u32 = 1200;

/// The longest side of the small one.
pub const SMALL: u32 = 480;

/// Why a file can't be used, as a sentence for whoever uploaded it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    #[error("This file is not a picture the market can read. Choose a JPEG, PNG or WebP.")]
    Foreign,
    #[error("This picture can't be read. Save it again as JPEG, PNG or WebP, then try again.")]
    Damaged,
    #[error("This picture has more than 40 megapixels. Make it smaller, then try again.")]
    TooLarge,
    #[error(
        "This picture is too small. Choose one of at least {LEAST_SIDE} × {LEAST_SIDE} pixels."
    )]
    TooSmall,
}

/// A picture as JPEG in both stored sizes.
pub struct Encoded {
    pub large: Vec<u8>,
    pub small: Vec<u8>,
}

/// Reads a picture and writes it anew. Takes up to seconds and hundreds of megabytes: call it off the executor.
///
/// # Errors
/// [`Unusable`] with a sentence for whoever uploaded it.
pub fn encode(bytes: &[u8]) -> Result<Encoded, Unusable> {
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

fn read(bytes: &[u8]) -> Result<(DynamicImage, image::metadata::Orientation), Unusable> {
    let reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| Unusable::Foreign)?;
    let Some(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) = reader.format()
    else {
        return Err(Unusable::Foreign);
    };
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODER_MEMORY);
    let mut reader = reader;
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(|_| Unusable::Damaged)?;

    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS
        || limits.reserve(decoder.total_bytes()).is_err()
    {
        return Err(Unusable::TooLarge);
    }
    if width.min(height) < LEAST_SIDE {
        return Err(Unusable::TooSmall);
    }
    if !is_whole(bytes, format) {
        return Err(Unusable::Damaged);
    }
    let orientation = decoder.orientation().map_err(|_| Unusable::Damaged)?;
    // A profile that can't be read says nothing of the picture.
    let profile = decoder.icc_profile().unwrap_or_default();
    let image = DynamicImage::from_decoder(decoder).map_err(|_| Unusable::Damaged)?;
    Ok((in_srgb(image, profile), orientation))
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

fn jpeg(image: &DynamicImage) -> Result<Vec<u8>, Unusable> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    encoder.encode_image(image).map_err(|_| Unusable::Damaged)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::codecs::png::PngEncoder;
    use image::{GrayAlphaImage, ImageBuffer, ImageEncoder, LumaA, Rgb, Rgba, RgbaImage};
    use moxcms::ColorProfile;

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

    fn middle(encoded: &Encoded) -> [u8; 3] {
        let image = image::load_from_memory(&encoded.large).unwrap().into_rgb8();
        image.get_pixel(image.width() / 2, image.height() / 2).0
    }

    fn near(one: [u8; 3], other: [u8; 3]) -> bool {
        one.iter().zip(other).all(|(a, b)| a.abs_diff(b) <= 3)
    }

    fn in_jpeg(image: &RgbImage, profile: &ColorProfile) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 100);
        encoder.set_icc_profile(profile.encode().unwrap()).unwrap();
        encoder.encode_image(image).unwrap();
        bytes
    }

    fn in_png(image: &DynamicImage, profile: &ColorProfile) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = PngEncoder::new(&mut bytes);
        encoder.set_icc_profile(profile.encode().unwrap()).unwrap();
        encoder
            .write_image(
                image.as_bytes(),
                image.width(),
                image.height(),
                image.color().into(),
            )
            .unwrap();
        bytes
    }

    #[test]
    fn rule_w4_colours_look_as_they_did_on_the_phone() {
        let shot = Rgb([230, 60, 30]);
        for (profile, seen) in [
            (ColorProfile::new_display_p3(), [250, 31, 0]),
            (ColorProfile::new_adobe_rgb(), [255, 58, 21]),
            (ColorProfile::new_srgb(), shot.0),
        ] {
            let photo = RgbImage::from_pixel(200, 200, shot);
            let jpeg = middle(&encode(&in_jpeg(&photo, &profile)).unwrap());
            assert!(near(jpeg, seen), "{jpeg:?} {seen:?}");
            let clear = RgbaImage::from_pixel(200, 200, Rgba([230, 60, 30, 255]));
            let png = middle(&encode(&in_png(&clear.into(), &profile)).unwrap());
            assert!(near(png, seen), "{png:?} {seen:?}");
        }
    }

    #[test]
    fn greys_and_deep_colours_keep_their_light() {
        let grey = GrayAlphaImage::from_pixel(200, 200, LumaA([128, 255]));
        let plain = middle(&encode(&as_png(&grey.clone().into())).unwrap());
        assert!(near(plain, [128; 3]), "{plain:?}");
        let darker = ColorProfile::new_gray_with_gamma(1.8);
        let turned = middle(&encode(&in_png(&grey.into(), &darker)).unwrap());
        assert!(turned[0] > 140, "{turned:?}");
        let deep = ImageBuffer::from_pixel(200, 200, Rgb([0x8080_u16, 0x4040, 0xc0c0]));
        let deep = middle(&encode(&as_png(&DynamicImage::ImageRgb16(deep))).unwrap());
        assert!(near(deep, [0x80, 0x40, 0xc0]), "{deep:?}");
    }

    #[test]
    fn a_profile_that_says_nothing_changes_nothing() {
        let photo = RgbImage::from_pixel(200, 200, Rgb([230, 60, 30]));
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 100);
        encoder
            .set_icc_profile(b"no profile at all".to_vec())
            .unwrap();
        encoder.encode_image(&photo).unwrap();
        assert!(near(middle(&encode(&bytes).unwrap()), [230, 60, 30]));
    }

    #[test]
    fn rule_w4_a_picture_that_was_cut_off_is_refused_wherever_it_was_cut() {
        let photo = RgbImage::from_fn(300, 300, |x, y| {
            let noise = (x * 7919 + y * 104_729) % 251;
            Rgb([
                u8::try_from(noise).unwrap(),
                u8::try_from(x % 256).unwrap(),
                90,
            ])
        });
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let mut bytes = Cursor::new(Vec::new());
            photo.write_to(&mut bytes, format).unwrap();
            let bytes = bytes.into_inner();
            assert!(encode(&bytes).is_ok());
            for part in 1..20 {
                let cut = &bytes[..bytes.len() * part / 20];
                assert!(encode(cut).is_err(), "{part}/20 of {format:?}");
            }
            let last = &bytes[..bytes.len() - 1];
            assert!(encode(last).is_err(), "all but the last byte of {format:?}");
            // Phones put a film behind the picture.
            assert!(encode(&[&bytes[..], b"and a film"].concat()).is_ok());
        }
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
                Err(told) => assert!(told.to_string().contains(sentence), "{told}"),
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
