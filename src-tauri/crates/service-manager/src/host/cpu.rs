//! What this computer's processor can do beyond what every processor of its kind can.

/// Abilities that images are built to need, each with those below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ability {
    /// `x86-64-v2`: SSE4.2, POPCNT (2009 on).
    Level2,
    /// AVX (2011 on).
    Avx,
    /// `x86-64-v3`: AVX2, BMI, FMA (2013 on).
    Level3,
}

impl Ability {
    /// Returns its name as error messages of programs write it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Level2 => "x86-64-v2",
            Self::Avx => "AVX",
            Self::Level3 => "x86-64-v3",
        }
    }
}

/// What the processor has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Processor {
    pub level_2: bool,
    pub avx: bool,
    pub level_3: bool,
}

impl Processor {
    pub(crate) const fn can(self, ability: Ability) -> bool {
        match ability {
            Ability::Level2 => self.level_2,
            Ability::Avx => self.avx,
            Ability::Level3 => self.level_3,
        }
    }
}

/// Asks the processor; none where this is another kind of processor, of which no image is known to want more.
#[cfg(target_arch = "x86_64")]
#[allow(clippy::unnecessary_wraps)] // elsewhere there is none
pub(crate) fn processor() -> Option<Processor> {
    use std::is_x86_feature_detected as has;
    // x86-64 psABI, table 3.1.
    let level_2 = has!("sse3") && has!("ssse3") && has!("sse4.1") && has!("sse4.2");
    let level_2 = level_2 && has!("popcnt") && has!("cmpxchg16b");
    let avx = has!("avx");
    let level_3 = level_2 && avx && has!("avx2") && has!("bmi1") && has!("bmi2");
    let level_3 = level_3 && has!("f16c") && has!("fma") && has!("lzcnt") && has!("movbe");
    Some(Processor {
        level_2,
        avx,
        level_3,
    })
}

#[cfg(not(target_arch = "x86_64"))]
pub(crate) const fn processor() -> Option<Processor> {
    None
}
