//! A seeded generator of numbers, so that the same seed makes the same register everywhere.
//!
//! SplitMix64 (Steele, Lea, Flood 2014). Integers only: floating point may differ between machines.

/// A stream of numbers of its own for each record.
pub(super) struct Rng(u64);

impl Rng {
    /// The stream of the record `index` of the kind `kind` under `seed`.
    pub(super) fn of(seed: u64, kind: u64, index: u64) -> Self {
        let mut rng = Self(seed);
        rng.0 = rng.next() ^ kind;
        rng.0 = rng.next() ^ index;
        rng
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to `bound` - 1; 0 for a bound of 0.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        let wide = u128::from(self.next()) * u128::from(bound);
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    /// True `share` times in a hundred.
    pub(super) fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    /// One of `list`, which must not be empty, all alike likely.
    pub(super) fn pick<T: Copy + Default>(&mut self, list: &[T]) -> T {
        let count = u64::try_from(list.len()).unwrap_or(u64::MAX);
        let place = usize::try_from(self.below(count)).unwrap_or(0);
        list.get(place).copied().unwrap_or_default()
    }

    /// One of `list`, each as likely as its weight says.
    pub(super) fn weighted(&mut self, list: &[(&'static str, u64)]) -> &'static str {
        let mut left = self.below(list.iter().map(|(_, weight)| weight).sum());
        for (word, weight) in list {
            if left < *weight {
                return word;
            }
            left -= weight;
        }
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_published_generator() {
        let mut rng = Rng(0);
        assert_eq!([rng.next(), rng.next()], [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4]);
    }

    #[test]
    fn draws_are_even_and_weights_count() {
        let mut rng = Rng::of(1, 2, 3);
        let mut counts = [0_u32; 10];
        for _ in 0..100_000 {
            counts[usize::try_from(rng.below(10)).unwrap()] += 1;
        }
        assert!(counts.iter().all(|count| (9_600..10_400).contains(count)), "{counts:?}");
        let rare = (0..10_000).filter(|_| rng.weighted(&[("rare", 1), ("common", 9)]) == "rare").count();
        assert!((900..1_100).contains(&rare), "{rare}");
        assert_eq!(rng.below(0), 0);
    }
}
