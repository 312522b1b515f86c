//! Product pictures for the demo: an object on a table before a coloured wall, in soft light from the upper left.

use crate::backdrop::{Backdrop, Colour, mix};
use image::{DynamicImage, ImageError, ImageFormat, Rgb, RgbImage, Rgba32FImage, imageops};
use std::collections::HashMap;
use std::io::Cursor;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Width and height of a picture, in pixels.
const SIDE: u16 = 1200;

/// Where the table begins and where the object stands, as parts of the height.
const HORIZON: f32 = 0.665;
const GROUND: f32 = 0.815;

/// How much of the frame the object's longer side takes.
const OBJECT: f32 = 0.62;

/// Alpha below this is the rim of the object's own glow, not the object.
const SOLID: f32 = 0.5;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no backdrop called `{0}`")]
    Backdrop(String),
    #[error("{path}: {source}")]
    Object { path: PathBuf, source: ImageError },
    #[error("{0} shows nothing")]
    Empty(PathBuf),
    #[error("the picture could not be written: {0}")]
    Encode(ImageError),
}

/// Where pictures are taken. Each empty corner is lit once, and then used for every object before it.
#[derive(Default)]
pub struct Studio {
    corners: Mutex<HashMap<String, Arc<Corner>>>,
}

impl Studio {
    /// The picture, as a PNG, of the object in the file `object` before the backdrop of this name.
    pub fn compose(&self, object: &Path, backdrop: &str) -> Result<Vec<u8>, Error> {
        let corner = self.corner(backdrop)?;
        let object = Object::open(object)?;
        let placed = Placed::new(&object);
        let mut picture = corner.empty.clone();
        for y in 0..SIDE {
            for x in placed.touched(y) {
                let point = Point {
                    x: f32::from(x),
                    y: f32::from(y),
                };
                let ground = placed.shade(corner.colour(x, y), &corner.backdrop, point);
                let colour = placed.over(ground, x, y);
                picture.put_pixel(u32::from(x), u32::from(y), stored(colour, x, y));
            }
        }
        let mut png = Cursor::new(Vec::new());
        picture
            .write_to(&mut png, ImageFormat::Png)
            .map_err(Error::Encode)?;
        Ok(png.into_inner())
    }

    fn corner(&self, name: &str) -> Result<Arc<Corner>, Error> {
        let mut corners = self.corners.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(corner) = corners.get(name) {
            return Ok(corner.clone());
        }
        let backdrop = Backdrop::named(name).ok_or_else(|| Error::Backdrop(name.to_owned()))?;
        let corner = Arc::new(Corner::new(backdrop));
        corners.insert(name.to_owned(), corner.clone());
        Ok(corner)
    }
}

/// A backdrop in the studio's light: exactly, and as it is stored.
struct Corner {
    backdrop: Backdrop,
    colours: Vec<Colour>,
    empty: RgbImage,
}

impl Corner {
    fn new(backdrop: Backdrop) -> Self {
        let side = u32::from(SIDE);
        let mut empty = RgbImage::new(side, side);
        let mut colours = Vec::with_capacity(usize::from(SIDE) * usize::from(SIDE));
        for y in 0..SIDE {
            for x in 0..SIDE {
                let colour = scene(
                    &backdrop,
                    Point {
                        x: f32::from(x),
                        y: f32::from(y),
                    },
                );
                colours.push(colour);
                empty.put_pixel(u32::from(x), u32::from(y), stored(colour, x, y));
            }
        }
        Self {
            backdrop,
            colours,
            empty,
        }
    }

    fn colour(&self, x: u16, y: u16) -> Colour {
        let at = usize::from(y) * usize::from(SIDE) + usize::from(x);
        self.colours.get(at).copied().unwrap_or_default()
    }
}

#[derive(Debug, Clone, Copy)]
struct Point {
    x: f32,
    y: f32,
}

/// The empty corner: wall, horizon a little out of focus, table, light from the upper left.
fn scene(backdrop: &Backdrop, Point { x, y }: Point) -> Colour {
    let side = f32::from(SIDE);
    let (across, down) = (x / side, y / side);
    let wall = mix(backdrop.wall_top, backdrop.wall_bottom, down / HORIZON);
    let table = mix(
        backdrop.table_far,
        backdrop.table_near,
        (down - HORIZON) / (1.0 - HORIZON),
    );
    let ground = mix(wall, table, smooth((down - HORIZON) / 0.012 + 0.5));

    let from_light = ((across - 0.36).powi(2) + (down - 0.26).powi(2)).sqrt();
    let light = 1.035 - 0.11 * smooth(from_light / 1.05);
    ground.map(|channel| channel * light)
}

/// A cut-out object: its colours multiplied by alpha, which is what may be scaled without fringes.
struct Object {
    pixels: Rgba32FImage,
}

impl Object {
    fn open(path: &Path) -> Result<Self, Error> {
        let mut pixels = image::open(path)
            .map_err(|source| Error::Object {
                path: path.to_owned(),
                source,
            })?
            .into_rgba32f();
        for pixel in pixels.pixels_mut() {
            let [red, green, blue, alpha] = pixel.0;
            pixel.0 = [red * alpha, green * alpha, blue * alpha, alpha];
        }
        let (left, top, width, height) =
            bounds(&pixels).ok_or_else(|| Error::Empty(path.to_owned()))?;
        let cut = imageops::crop_imm(&pixels, left, top, width, height).to_image();
        let longer = OBJECT * f32::from(SIDE);
        let scale = longer / whole(width.max(height));
        let pixels = DynamicImage::ImageRgba32F(cut)
            .resize_exact(
                nearest(whole(width) * scale),
                nearest(whole(height) * scale),
                imageops::FilterType::CatmullRom,
            )
            .into_rgba32f();
        Ok(Self { pixels })
    }

    /// Where the object touches the table: the middle and half the width of its lowest part.
    fn foot(&self) -> (f32, f32) {
        let lowest = self.pixels.height() - self.pixels.height() / 12;
        let columns = self
            .pixels
            .enumerate_pixels()
            .filter(|(_, y, pixel)| *y >= lowest && pixel.0[3] > SOLID)
            .map(|(x, _, _)| x);
        let (left, right) = columns.fold((u32::MAX, 0), |(left, right), x| {
            (left.min(x), right.max(x))
        });
        if left > right {
            let half = whole(self.pixels.width()) / 2.0;
            return (half, half);
        }
        (
            (whole(left) + whole(right)) / 2.0,
            (whole(right) - whole(left)) / 2.0,
        )
    }
}

/// The smallest rectangle around everything that is not clear: left, top, width, height.
fn bounds(pixels: &Rgba32FImage) -> Option<(u32, u32, u32, u32)> {
    let seen = pixels
        .enumerate_pixels()
        .filter(|(_, _, pixel)| pixel.0[3] > 0.03);
    let (left, top, right, bottom) = seen
        .fold((u32::MAX, u32::MAX, 0, 0), |(l, t, r, b), (x, y, _)| {
            (l.min(x), t.min(y), r.max(x), b.max(y))
        });
    (left <= right && top <= bottom).then(|| (left, top, right - left + 1, bottom - top + 1))
}

/// An object with its place in the picture, and the shadows it throws: a wide soft one that falls to the right,
/// and a dark one right where it stands.
struct Placed<'a> {
    object: &'a Object,
    left: i32,
    top: i32,
    soft: Ellipse,
    contact: Ellipse,
}

impl<'a> Placed<'a> {
    fn new(object: &'a Object) -> Self {
        let side = f32::from(SIDE);
        let (width, height) = (whole(object.pixels.width()), whole(object.pixels.height()));
        let left = ((side - width) / 2.0).round();
        // Low, wide things stand a little further back, or they would seem to slide out of the picture.
        let ground = side * (GROUND - 0.03 * (1.0 - height / width).max(0.0));
        let (foot_middle, foot_half) = object.foot();
        let foot = left + foot_middle;
        let spread = 0.35 * width / 2.0 + 0.65 * foot_half;
        let soft = Ellipse {
            middle: Point {
                x: foot + 0.14 * spread,
                y: ground - 0.01 * spread,
            },
            across: 1.18 * spread,
            down: 0.20 * spread,
        };
        let contact = Ellipse {
            middle: Point {
                x: foot + 0.02 * spread,
                y: ground - 0.012 * spread,
            },
            across: 0.94 * foot_half.max(0.1 * width),
            down: 0.055 * spread,
        };
        Self {
            object,
            left: pixel(left),
            top: pixel(ground - height),
            soft,
            contact,
        }
    }

    /// The part of a row that object or shadows reach; the rest of the picture is the empty corner.
    fn touched(&self, y: u16) -> Range<u16> {
        let within = |from: i32, size: u32| from..from.saturating_add_unsigned(size);
        let mut columns: Option<Range<i32>> = None;
        let rows = within(self.top, self.object.pixels.height());
        if rows.contains(&i32::from(y)) {
            columns = Some(within(self.left, self.object.pixels.width()));
        }
        for shadow in [&self.soft, &self.contact] {
            if let Some(reach) = shadow.reach(f32::from(y)) {
                let (from, to) = columns.map_or((reach.start, reach.end), |columns| {
                    (columns.start.min(reach.start), columns.end.max(reach.end))
                });
                columns = Some(from..to);
            }
        }
        let side = i32::from(SIDE);
        let bound = |x: i32| u16::try_from(x.clamp(0, side)).unwrap_or(SIDE);
        columns.map_or(0..0, |columns| bound(columns.start)..bound(columns.end))
    }

    fn shade(&self, ground: Colour, backdrop: &Backdrop, point: Point) -> Colour {
        let dark = backdrop.table_near.map(|channel| channel * 0.32);
        let ground = mix(ground, dark, 0.46 * self.soft.depth(point));
        mix(ground, dark, 0.62 * self.contact.depth(point))
    }

    /// The object where it is, what is behind it elsewhere.
    fn over(&self, behind: Colour, x: u16, y: u16) -> Colour {
        let inside = |at: u16, start: i32| u32::try_from(i32::from(at) - start).ok();
        let found = inside(x, self.left)
            .zip(inside(y, self.top))
            .and_then(|(x, y)| self.object.pixels.get_pixel_checked(x, y));
        match found {
            Some(pixel) => {
                let [red, green, blue, alpha] = pixel.0;
                let through = (1.0 - alpha).clamp(0.0, 1.0);
                [
                    red + behind[0] * through,
                    green + behind[1] * through,
                    blue + behind[2] * through,
                ]
            }
            None => behind,
        }
    }
}

struct Ellipse {
    middle: Point,
    across: f32,
    down: f32,
}

/// How far a shadow is seen, in its own sizes: beyond, it is fainter than one level of a channel.
const REACH: f32 = 1.7;

impl Ellipse {
    /// 1 in the middle, falling off like a blurred disc.
    fn depth(&self, point: Point) -> f32 {
        let across = (point.x - self.middle.x) / self.across;
        let down = (point.y - self.middle.y) / self.down;
        let squared = across * across + down * down;
        if squared > REACH * REACH {
            0.0
        } else {
            (-1.4 * squared * squared.sqrt()).exp()
        }
    }

    /// The columns of a row that it may darken.
    fn reach(&self, y: f32) -> Option<Range<i32>> {
        let is_near = ((y - self.middle.y) / self.down).abs() <= REACH;
        let half = REACH * self.across;
        is_near.then(|| pixel(self.middle.x - half)..pixel(self.middle.x + half) + 1)
    }
}

/// 0 up to 0, 1 from 1 on, and smooth in between.
fn smooth(part: f32) -> f32 {
    let part = part.clamp(0.0, 1.0);
    part * part * (3.0 - 2.0 * part)
}

/// A colour as it is stored.
fn stored(colour: Colour, x: u16, y: u16) -> Rgb<u8> {
    Rgb(colour.map(|channel| level(channel, x, y)))
}

/// A channel as it is stored. Half a level of steady noise keeps the wide gradients free of bands.
#[expect(clippy::as_conversions, reason = "clamped to 0..=255 right before")]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "as above"
)]
fn level(channel: f32, x: u16, y: u16) -> u8 {
    let scattered = (u32::from(x).wrapping_mul(0x9e37_79b1)
        ^ u32::from(y).wrapping_mul(0x85eb_ca6b))
    .wrapping_mul(0xc2b2_ae35);
    let [noise, ..] = scattered.to_be_bytes();
    (channel * 255.0 + f32::from(noise) / 255.0)
        .floor()
        .clamp(0.0, 255.0) as u8
}

/// A pixel count as a length. Pictures are far smaller than 65,536 pixels.
fn whole(pixels: u32) -> f32 {
    f32::from(u16::try_from(pixels).unwrap_or(u16::MAX))
}

/// The pixel count nearest to a length, at least one.
#[expect(
    clippy::as_conversions,
    reason = "clamped to the type's range right before"
)]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "as above"
)]
fn nearest(length: f32) -> u32 {
    u32::from(length.round().clamp(1.0, 65_535.0) as u16)
}

/// The pixel a length ends at; it may lie outside of the picture.
#[expect(
    clippy::as_conversions,
    reason = "clamped to the type's range right before"
)]
#[expect(clippy::cast_possible_truncation, reason = "as above")]
fn pixel(length: f32) -> i32 {
    i32::from(length.round().clamp(-32_768.0, 32_767.0) as i16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(dir: &Path) -> PathBuf {
        let path = dir.join("disc.webp");
        image::RgbaImage::from_fn(64, 64, |x, y| {
            let inside = (i64::from(x) - 32).pow(2) + (i64::from(y) - 32).pow(2) < 400;
            image::Rgba([200, 40, 40, if inside { 255 } else { 0 }])
        })
        .save(&path)
        .unwrap();
        path
    }

    #[test]
    fn the_object_stands_in_the_middle_and_throws_a_shadow() {
        let dir = tempfile::tempdir().unwrap();
        let png = Studio::default()
            .compose(&object(dir.path()), "sky")
            .unwrap();
        let picture = image::load_from_memory(&png).unwrap().into_rgb8();
        let side = u32::from(SIDE);
        assert_eq!(picture.dimensions(), (side, side));
        let [red, _, blue] = picture.get_pixel(side / 2, side / 2).0;
        assert!(red > 150 && blue < 100, "the object is there");
        let [red, _, blue] = picture.get_pixel(20, 20).0;
        assert!(blue > red && red > 180, "the wall is light blue");
        let ground = pixel(GROUND * f32::from(SIDE)).unsigned_abs();
        let beneath = picture.get_pixel(side / 2, ground + 4).0;
        let beside = picture.get_pixel(40, ground + 4).0;
        assert!(
            beneath[1] + 30 < beside[1],
            "the shadow is darker than the table"
        );
    }

    #[test]
    fn an_unknown_backdrop_and_a_missing_object_are_named() {
        let dir = tempfile::tempdir().unwrap();
        let error = Studio::default()
            .compose(&object(dir.path()), "plaid")
            .unwrap_err()
            .to_string();
        assert!(error.contains("plaid"));
        let error = Studio::default()
            .compose(&dir.path().join("none.webp"), "sky")
            .unwrap_err()
            .to_string();
        assert!(error.contains("none.webp"));
    }
}
