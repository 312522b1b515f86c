//! Colours as they looked where the picture came from. A camera or a program says in a profile what its numbers mean;
//! what is stored means sRGB, as everything without a profile does.

use image::{DynamicImage, RgbImage, RgbaImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, RenderingIntent, TransformOptions};

/// Larger than those of presses, which are no pictures' of a screen.
const LARGEST_PROFILE: usize = 4 * 1024 * 1024;

/// The picture in sRGB. One whose profile says nothing that can be read, or is of inks, which the decoder has turned
/// into light already, stays as it is.
pub(super) fn in_srgb(image: DynamicImage, profile: Option<Vec<u8>>) -> DynamicImage {
    let read = profile
        .filter(|bytes| bytes.len() <= LARGEST_PROFILE)
        .and_then(|bytes| ColorProfile::new_from_slice(&bytes).ok());
    match read {
        Some(profile) if profile.color_space == DataColorSpace::Rgb => of_light(image, &profile),
        Some(profile) if profile.color_space == DataColorSpace::Gray => of_grey(image, &profile),
        _ => image,
    }
}

fn of_light(image: DynamicImage, profile: &ColorProfile) -> DynamicImage {
    let has_alpha = image.color().has_alpha();
    let layout = if has_alpha { Layout::Rgba } else { Layout::Rgb };
    let (width, height) = (image.width(), image.height());
    let pixels = if has_alpha {
        image.to_rgba8().into_raw()
    } else {
        image.to_rgb8().into_raw()
    };
    let Some(turned) = turned(profile, layout, &pixels, layout, pixels.len()) else {
        return image;
    };
    drop(pixels);
    let made = if has_alpha {
        RgbaImage::from_raw(width, height, turned).map(DynamicImage::ImageRgba8)
    } else {
        RgbImage::from_raw(width, height, turned).map(DynamicImage::ImageRgb8)
    };
    made.unwrap_or(image)
}

/// A profile of greys has 256 answers; each pixel is looked up.
fn of_grey(image: DynamicImage, profile: &ColorProfile) -> DynamicImage {
    if image.color().has_color() {
        return image;
    }
    let greys: Vec<u8> = (0..=u8::MAX).collect();
    let Some(colours) = turned(profile, Layout::Gray, &greys, Layout::Rgb, 3 * greys.len()) else {
        return image;
    };
    let looked_up = |grey: u8| match colours.get(3 * usize::from(grey)..) {
        Some([red, green, blue, ..]) => [*red, *green, *blue],
        _ => [grey; 3],
    };
    let with_alpha = image.to_luma_alpha8();
    let pixels = with_alpha.pixels().flat_map(|pixel| {
        let [grey, alpha] = pixel.0;
        let [red, green, blue] = looked_up(grey);
        [red, green, blue, alpha]
    });
    RgbaImage::from_raw(image.width(), image.height(), pixels.collect())
        .map_or(image, DynamicImage::ImageRgba8)
}

fn turned(
    profile: &ColorProfile,
    from: Layout,
    pixels: &[u8],
    to: Layout,
    length: usize,
) -> Option<Vec<u8>> {
    let options = TransformOptions {
        rendering_intent: RenderingIntent::RelativeColorimetric,
        ..TransformOptions::default()
    };
    let way = profile
        .create_transform_8bit(from, &ColorProfile::new_srgb(), to, options)
        .ok()?;
    let mut turned = vec![0; length];
    way.transform(pixels, &mut turned).ok()?;
    Some(turned)
}
