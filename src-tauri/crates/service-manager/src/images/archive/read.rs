//! Reading layers out of an archive, in the order in which they lie there.

use super::open::{decompress, unpacker};
use super::{Archive, Layer};
use crate::api::package::Compression;
use fs_err::File;
use std::io::{self, Read, Seek, SeekFrom};

/// Hands each of `layers` to `take`, as it is sent: exactly [`Layer::size`] bytes, when the archive is sound.
///
/// A raw archive is read where the layers are; a compressed one costs one pass up to the last of them. Nothing is
/// written to disk, and no more than a buffer is kept.
pub(crate) fn read_layers(
    archive: &Archive,
    layers: &[&Layer],
    mut take: impl FnMut(&Layer, &mut dyn Read) -> io::Result<()>,
) -> io::Result<()> {
    let mut layers = layers.to_vec();
    layers.sort_by_key(|layer| layer.offset);
    let mut file = File::open(&archive.path)?;
    if archive.compression == Compression::None {
        for layer in layers {
            file.seek(SeekFrom::Start(layer.offset))?;
            hand_over(layer, (&mut file).take(layer.stored), &mut take)?;
        }
        return Ok(());
    }
    let mut stream = decompress(archive.compression, file)?;
    let mut position = 0;
    for layer in layers {
        let gap = layer.offset.saturating_sub(position);
        let skipped = io::copy(&mut (&mut stream).take(gap), &mut io::sink())?;
        if skipped < gap {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut member = (&mut stream).take(layer.stored);
        hand_over(layer, &mut member, &mut take)?;
        // A decoder may stop before the padding of what it decodes.
        let left = member.limit();
        io::copy(&mut (&mut stream).take(left), &mut io::sink())?;
        position = layer.offset + layer.stored;
    }
    Ok(())
}

fn hand_over(
    layer: &Layer,
    mut stored: impl Read,
    take: &mut impl FnMut(&Layer, &mut dyn Read) -> io::Result<()>,
) -> io::Result<()> {
    if layer.is_unpacked_on_the_way() {
        take(layer, &mut unpacker(layer.packing, stored)?)
    } else {
        take(layer, &mut stored)
    }
}
