//! The twelve coloured corners that demo products are photographed in: a wall, and a table in front of it.

/// Red, green and blue from 0 to 1.
pub type Colour = [f32; 3];

/// Four colours from the top of the picture to its bottom.
#[derive(Debug, Clone, Copy)]
pub struct Backdrop {
    pub wall_top: Colour,
    pub wall_bottom: Colour,
    pub table_far: Colour,
    pub table_near: Colour,
}

impl Backdrop {
    /// The backdrop of this name.
    pub fn named(name: &str) -> Option<Self> {
        let [wall_top, wall_bottom, table_far, table_near] = match name {
            "sand" => [0xf5ead8, 0xebdbc1, 0xdcc5a2, 0xceb38b],
            "blush" => [0xfbe7e3, 0xf5d3cd, 0xecbcb3, 0xe1a89e],
            "sky" => [0xe0eef9, 0xc8dff1, 0xabcae4, 0x98bbd9],
            "sage" => [0xe6ede0, 0xd2dfc9, 0xb7caab, 0xa5bb97],
            "butter" => [0xfdf4d4, 0xf9e9b4, 0xf1da8a, 0xe7cb6d],
            "lilac" => [0xeee7f7, 0xdfd3ef, 0xc8b6e1, 0xb7a3d6],
            "mist" => [0xeff2f4, 0xdfe5ea, 0xc7d0d8, 0xb6c1cb],
            "peach" => [0xffebda, 0xffdcc2, 0xf6c5a0, 0xedb389],
            "mint" => [0xe2f5ec, 0xccebdd, 0xaad8c3, 0x95c9b2],
            "stone" => [0xece9e4, 0xdcd7d0, 0xc5bdb3, 0xb5aca0],
            "night" => [0x414e6e, 0x333e5d, 0x27304c, 0x1e263d],
            "brick" => [0xe3aa96, 0xd7937c, 0xbc735d, 0xaa624d],
            _ => return None,
        }
        .map(colour);
        Some(Self {
            wall_top,
            wall_bottom,
            table_far,
            table_near,
        })
    }
}

fn colour(rgb: u32) -> Colour {
    let [_, red, green, blue] = rgb.to_be_bytes();
    [red, green, blue].map(|channel| f32::from(channel) / 255.0)
}

/// A point on the way from `from` (0) to `to` (1).
pub fn mix(from: Colour, to: Colour, part: f32) -> Colour {
    [0, 1, 2].map(|channel| from[channel] + (to[channel] - from[channel]) * part)
}
