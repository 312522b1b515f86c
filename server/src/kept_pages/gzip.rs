//! A packed page of which some words are put in later.
//!
//! gzip packs a text in blocks, and a block can hold its text as it is. So what stands between the words is packed once,
//! and the words are written between them unpacked. What is packed may refer to what stands before it in the text, but
//! not to words: for them it takes letters that are in no text. Only the checksum at the end is of the whole, and can
//! be put together from those of the parts.

use crc32fast::Hasher;
use flate2::{Compress, Compression, FlushCompress};

/// A file without name and date, by the one way to pack there is, from an unknown system.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// An empty block, the last one.
const END: [u8; 5] = [1, 0, 0, 0xff, 0xff];

/// What a word that is put in takes beside itself.
const OF_WORD: usize = 5;

/// A part of a text, packed.
#[derive(Debug)]
pub struct Packed {
    blocks: Vec<u8>,
    checksum: Hasher,
}

/// How far back in a text something packed can refer to, in bytes.
const WINDOW: usize = 32 << 10;

/// Stands for words: in no page of ours.
const NO_LETTER: u8 = 0;

/// Packs the parts of a text between which there are words of these lengths. `None` when it can't be packed.
pub fn pack<'t>(
    texts: impl Iterator<Item = &'t [u8]>,
    words: impl Iterator<Item = usize>,
) -> Option<Vec<Packed>> {
    let mut before = Vec::new();
    let mut words = words.chain([0]);
    texts
        .map(|text| {
            let packed = Packed::after(&before[before.len().saturating_sub(WINDOW)..], text)?;
            before.extend_from_slice(text);
            before.resize(before.len() + words.next()?, NO_LETTER);
            Some(packed)
        })
        .collect()
}

impl Packed {
    fn after(before: &[u8], text: &[u8]) -> Option<Packed> {
        if text.contains(&NO_LETTER) {
            return None;
        }
        let mut packer = Compress::new(Compression::best(), false);
        if !before.is_empty() {
            packer.set_dictionary(before).ok()?;
        }
        // Room for what does not get smaller: a block's head for each 16 KiB of it.
        let room = text.len() + text.len() / 1024 + 64;
        let mut blocks = Vec::with_capacity(room);
        packer
            .compress_vec(text, &mut blocks, FlushCompress::Sync)
            .ok()?;
        if packer.total_in() != u64::try_from(text.len()).ok()? || blocks.len() == room {
            return None;
        }
        blocks.shrink_to_fit();
        let mut checksum = Hasher::new();
        checksum.update(text);
        Some(Packed { blocks, checksum })
    }

    pub fn len(&self) -> usize {
        self.blocks.len()
    }
}

/// Puts a packed text together.
pub struct Writer {
    written: Vec<u8>,
    checksum: Hasher,
}

impl Writer {
    /// With room for so many bytes.
    pub fn new(room: usize) -> Writer {
        let mut written = Vec::with_capacity(room);
        written.extend_from_slice(&HEAD);
        Writer {
            written,
            checksum: Hasher::new(),
        }
    }

    pub fn packed(&mut self, part: &Packed) {
        self.written.extend_from_slice(&part.blocks);
        self.checksum.combine(&part.checksum);
    }

    /// As it is. A word is shorter than a block can be.
    pub fn word(&mut self, word: &str) {
        let length = u16::try_from(word.len()).unwrap_or(u16::MAX);
        let word = &word.as_bytes()[..usize::from(length)];
        self.written.push(0);
        self.written.extend_from_slice(&length.to_le_bytes());
        self.written.extend_from_slice(&(!length).to_le_bytes());
        self.written.extend_from_slice(word);
        self.checksum.update(word);
    }

    /// The whole; `length` is that of the text.
    pub fn end(mut self, length: usize) -> Vec<u8> {
        self.written.extend_from_slice(&END);
        let checksum = self.checksum.finalize();
        self.written.extend_from_slice(&checksum.to_le_bytes());
        // By the format, of a length only so much as fits.
        let length = u32::try_from(length & 0xffff_ffff).unwrap_or_default();
        self.written.extend_from_slice(&length.to_le_bytes());
        self.written
    }
}

/// What a packed text takes beside its packed parts, with words of so many bytes.
pub fn beside(words: impl Iterator<Item = usize>) -> usize {
    HEAD.len() + END.len() + 8 + words.map(|word| word + OF_WORD).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::GzDecoder;
    use std::io::Read;

    fn unpacked(packed: &[u8]) -> String {
        let mut text = String::new();
        GzDecoder::new(packed).read_to_string(&mut text).unwrap();
        text
    }

    fn put_together(texts: &[&str], words: &[&str]) -> Vec<u8> {
        let lengths = words.iter().map(|word| word.len());
        let packed = pack(texts.iter().map(|text| text.as_bytes()), lengths.clone()).unwrap();
        let room = beside(lengths) + packed.iter().map(Packed::len).sum::<usize>();
        let mut writer = Writer::new(room);
        for (at, part) in packed.iter().enumerate() {
            writer.packed(part);
            if let Some(word) = words.get(at) {
                writer.word(word);
            }
        }
        let length = texts.iter().chain(words).map(|part| part.len()).sum();
        let packed = writer.end(length);
        assert_eq!(packed.len(), room);
        packed
    }

    #[test]
    fn what_is_put_together_is_one_packed_text() {
        let before = "<b>the same words</b>, ".repeat(4_000);
        let texts = [before.as_str(), "", "the same words", "…and others"];
        for words in [
            ["0123456789abcdef", "<b>the", "x"],
            ["", "", ""],
            ["the same words", "the same words", ">, <b>the same words"],
        ] {
            let mut text = String::new();
            for (at, part) in texts.iter().enumerate() {
                text.push_str(part);
                text.push_str(words.get(at).unwrap_or(&""));
            }
            let packed = put_together(&texts, &words);
            assert!(packed.len() < text.len() / 50);
            assert_eq!(unpacked(&packed), text);
        }
    }

    #[test]
    fn what_stands_before_a_word_need_not_be_said_again_after_it() {
        let once: String = (0..900)
            .map(|number| format!("{}-", number * number))
            .collect();
        let alone = put_together(&[&once], &[]).len();
        let twice = put_together(&[&once, &once], &["word"]);
        assert!(twice.len() < alone + 100, "{} {alone}", twice.len());
        assert_eq!(unpacked(&twice), format!("{once}word{once}"));
    }

    #[test]
    fn what_can_not_be_packed_does_not_get_much_longer() {
        let noise: String = (1..200_000_u64)
            .map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes()[1] & 0x7f | 1)
            .map(char::from)
            .collect();
        let packed = put_together(&[&noise], &[]);
        assert!(packed.len() <= noise.len() + noise.len() / 1024 + 128);
        assert_eq!(unpacked(&packed), noise);
    }
}
