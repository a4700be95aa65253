//! What is sent to the engine, in which pieces and in which order. Pure.
//!
//! Images are chains of layers, and an engine knows a layer by its whole chain. Layers that several images share are
//! sent once, as a piece of their own that the others wait for; each image then brings only what is left.

use std::collections::HashSet;

/// An image to be sent: its layers' diff ids and their sizes, the lowest first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chain<'a> {
    pub layers: &'a [(String, u64)],
}

/// What the engine has, as chains of diff ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct Present {
    chains: HashSet<Vec<String>>,
}

impl Present {
    /// Every beginning of an image's chain is there with the image.
    pub(crate) fn of(images: impl IntoIterator<Item = Vec<String>>) -> Self {
        let mut chains = HashSet::new();
        for layers in images {
            for depth in 1..=layers.len() {
                chains.insert(layers[..depth].to_vec());
            }
        }
        Self { chains }
    }

    /// Returns how many of the lowest layers are there.
    fn depth(&self, layers: &[(String, u64)]) -> usize {
        let ids: Vec<String> = layers.iter().map(|(id, _)| id.clone()).collect();
        (1..=ids.len())
            .take_while(|depth| self.chains.contains(&ids[..*depth]))
            .count()
    }
}

/// One stream to the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// The image whose layers these are.
    pub image: usize,
    /// Only its lower layers, for several images; it becomes an image under a temporary name.
    pub shared: bool,
    /// The layers it sends: `from..to` of the image's chain. What is below is in the engine or in `needs`.
    pub from: usize,
    pub to: usize,
    /// The unit that has to be in the engine before this one is complete; always an earlier one.
    pub needs: Option<usize>,
}

/// Below this a piece of its own costs more than sending it twice.
const WORTH: u64 = 4 << 20;

/// Decides. Every image gets exactly one unit that is not shared; units come in the order in which they should begin.
pub(crate) fn units(images: &[Chain<'_>], present: &Present) -> Vec<Unit> {
    let mut planner = Planner {
        images,
        had: images
            .iter()
            .map(|image| present.depth(image.layers))
            .collect(),
        units: Vec::new(),
    };
    let all: Vec<usize> = (0..images.len()).collect();
    planner.branch(&all, 0, Covered::default());
    planner.units
}

/// The layers below `depth` come with the unit `by`; none when there is nothing below.
#[derive(Clone, Copy, Default)]
struct Covered {
    depth: usize,
    by: Option<usize>,
}

struct Planner<'a> {
    images: &'a [Chain<'a>],
    /// How many of each image's layers the engine has.
    had: Vec<usize>,
    units: Vec<Unit>,
}

impl Planner<'_> {
    fn layer(&self, image: usize, at: usize) -> Option<&(String, u64)> {
        self.images[image].layers.get(at)
    }

    /// Takes images apart that have the same layers up to `depth`.
    fn branch(&mut self, group: &[usize], depth: usize, covered: Covered) {
        let mut rest = group.to_vec();
        while let Some(first) = rest.first().copied() {
            let next = self.layer(first, depth);
            let (together, others): (Vec<usize>, Vec<usize>) =
                rest.iter().copied().partition(|image| {
                    *image == first || (next.is_some() && self.layer(*image, depth) == next)
                });
            if together.len() == 1 {
                self.single(first, covered);
            } else {
                self.several(&together, depth, covered);
            }
            rest = others;
        }
    }

    fn single(&mut self, image: usize, covered: Covered) -> Covered {
        let to = self.images[image].layers.len();
        self.push(image, false, to, covered)
    }

    /// Images that go on together for at least one layer.
    fn several(&mut self, together: &[usize], depth: usize, covered: Covered) {
        let first = together[0];
        let mut common = depth + 1;
        while self.layer(first, common).is_some()
            && together
                .iter()
                .all(|image| self.layer(*image, common) == self.layer(first, common))
        {
            common += 1;
        }
        // An image that ends here is the piece itself.
        let end = together
            .iter()
            .copied()
            .find(|image| self.images[*image].layers.len() == common);
        let from = covered.depth.max(self.had[first].min(common));
        let bytes: u64 = (from..common)
            .filter_map(|at| self.layer(first, at))
            .map(|(_, size)| size)
            .sum();
        let covered = match end {
            Some(end) => self.single(end, covered),
            None if bytes >= WORTH => self.push(first, true, common, covered),
            // Each brings these few bytes itself.
            None => covered,
        };
        let left: Vec<usize> = together
            .iter()
            .copied()
            .filter(|image| Some(*image) != end)
            .collect();
        self.branch(&left, common, covered);
    }

    fn push(&mut self, image: usize, shared: bool, to: usize, covered: Covered) -> Covered {
        let had = self.had[image];
        self.units.push(Unit {
            image,
            shared,
            from: covered.depth.max(had.min(to)),
            to,
            // What the engine has already need not be waited for.
            needs: covered.by.filter(|_| had < covered.depth),
        });
        Covered {
            depth: to,
            by: Some(self.units.len() - 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a` is 10 MiB, `A` one byte.
    fn chain(names: &str) -> Vec<(String, u64)> {
        let size = |name: char| if name.is_lowercase() { 10 << 20 } else { 1 };
        names
            .chars()
            .map(|name| (name.to_string(), size(name)))
            .collect()
    }

    fn plan(images: &[&str], present: &[&str]) -> Vec<String> {
        let chains: Vec<_> = images.iter().map(|names| chain(names)).collect();
        let chains: Vec<Chain<'_>> = chains.iter().map(|layers| Chain { layers }).collect();
        let present = Present::of(
            present
                .iter()
                .map(|names| names.chars().map(|name| name.to_string()).collect()),
        );
        units(&chains, &present)
            .iter()
            .map(|unit| {
                let kind = if unit.shared { "shared " } else { "" };
                let needs = unit
                    .needs
                    .map(|needs| format!(" after {needs}"))
                    .unwrap_or_default();
                let sent = &images[unit.image][unit.from..unit.to];
                format!("{kind}{}:{sent}{needs}", unit.image)
            })
            .collect()
    }

    #[test]
    fn one_image_is_one_stream() {
        assert_eq!(plan(&["abc"], &[]), ["0:abc"]);
        assert_eq!(plan(&[""], &[]), ["0:"]);
    }

    #[test]
    fn what_several_share_goes_first_and_once() {
        assert_eq!(
            plan(&["abjx", "abgy", "abdz"], &[]),
            [
                "shared 0:ab",
                "0:jx after 0",
                "1:gy after 0",
                "2:dz after 0"
            ]
        );
        assert_eq!(
            plan(&["abjx", "abgy", "q"], &[]),
            ["shared 0:ab", "0:jx after 0", "1:gy after 0", "2:q"]
        );
    }

    #[test]
    fn shared_pieces_nest() {
        assert_eq!(
            plan(&["abx", "aby", "az"], &[]),
            [
                "shared 0:a",
                "shared 0:b after 0",
                "0:x after 1",
                "1:y after 1",
                "2:z after 0"
            ]
        );
    }

    #[test]
    fn an_image_that_others_are_built_on_is_the_piece_itself() {
        assert_eq!(plan(&["abc", "ab"], &[]), ["1:ab", "0:c after 0"]);
        assert_eq!(
            plan(&["ab", "ab"], &[]),
            ["0:ab", "1: after 0"],
            "another config on the same layers"
        );
    }

    #[test]
    fn what_the_engine_has_is_not_sent() {
        assert_eq!(plan(&["abc"], &["ab"]), ["0:c"]);
        assert_eq!(plan(&["abc"], &["abc"]), ["0:"]);
        assert_eq!(plan(&["abjx", "abgy"], &["ab"]), ["0:jx", "1:gy"]);
        assert_eq!(
            plan(&["abjx", "abgy"], &["a"]),
            ["shared 0:b", "0:jx after 0", "1:gy after 0"]
        );
        assert_eq!(
            plan(&["abc"], &["bc", "xabc"]),
            ["0:abc"],
            "a layer counts only on its own ground"
        );
    }

    #[test]
    fn a_few_shared_bytes_are_not_worth_a_piece() {
        assert_eq!(plan(&["Ax", "Ay"], &[]), ["0:Ax", "1:Ay"]);
        assert_eq!(
            plan(&["Abx", "Aby", "Az"], &[]),
            ["shared 0:Ab", "0:x after 0", "1:y after 0", "2:Az"],
            "what is shared further up is still found"
        );
    }

    /// For random images and random presence: every layer an image needs is in the engine, comes with what it waits
    /// for, or comes with itself; and nobody waits for somebody who comes later.
    #[test]
    fn every_image_becomes_complete() {
        let mut seed = 7_u64;
        let mut random = |bound: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % bound
        };
        for _ in 0..2000 {
            let mut images: Vec<String> = Vec::new();
            for _ in 0..=random(5) {
                let start = match images.len() {
                    0 => String::new(),
                    count => {
                        let other = &images[usize::try_from(random(count as u64)).unwrap()];
                        other[..usize::try_from(random(other.len() as u64 + 1)).unwrap()].to_owned()
                    }
                };
                let more = random(4);
                let tail = (0..more).map(|_| {
                    if random(4) == 0 {
                        'Z'
                    } else {
                        char::from(b'a' + u8::try_from(random(3)).unwrap())
                    }
                });
                images.push(start + &tail.collect::<String>());
            }
            let mut present: Vec<String> = Vec::new();
            if random(2) == 0 {
                let image = &images[0];
                let depth = usize::try_from(random(image.len() as u64 + 1)).unwrap();
                present.push(image[..depth].to_owned());
            }
            let chains: Vec<_> = images.iter().map(|names| chain(names)).collect();
            let views: Vec<Chain<'_>> = chains.iter().map(|layers| Chain { layers }).collect();
            let has = Present::of(
                present
                    .iter()
                    .map(|names| names.chars().map(|name| name.to_string()).collect()),
            );
            let units = units(&views, &has);
            let mut engine: HashSet<String> = HashSet::new();
            for names in &present {
                engine.extend((1..=names.len()).map(|depth| names[..depth].to_owned()));
            }
            for (at, unit) in units.iter().enumerate() {
                assert!(
                    unit.needs.is_none_or(|needs| needs < at),
                    "{images:?} {units:?}"
                );
                let names = &images[unit.image];
                // With nothing but what was there and what it waits for.
                let mut ground = HashSet::new();
                for present in &present {
                    ground.extend((1..=present.len()).map(|depth| present[..depth].to_owned()));
                }
                let mut needs = unit.needs;
                while let Some(other) = needs {
                    let below = &images[units[other].image][..units[other].to];
                    ground.extend((1..=below.len()).map(|depth| below[..depth].to_owned()));
                    needs = units[other].needs;
                }
                for depth in 1..=unit.from {
                    assert!(
                        ground.contains(&names[..depth]),
                        "{images:?} {present:?} {units:?}"
                    );
                }
                engine.extend((1..=unit.to).map(|depth| names[..depth].to_owned()));
            }
            for (image, names) in images.iter().enumerate() {
                let own: Vec<_> = units
                    .iter()
                    .filter(|unit| !unit.shared && unit.image == image)
                    .collect();
                assert_eq!(own.len(), 1, "{images:?} {units:?}");
                assert_eq!(own[0].to, names.len());
                assert!((1..=names.len()).all(|depth| engine.contains(&names[..depth])));
            }
        }
    }
}
