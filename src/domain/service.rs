//! Services: how much we rely on one and how easily it could be replaced.
//!
//! This module must never decide anything: it only holds words. The lists are those of the DORA
//! register of information (reliance in b_02.02, substitutability in b_07.01).

use crate::closed_list;

closed_list! {
    /// How much our work relies on a service.
    Reliance {
        None = "none", Plain, "Not relied on", "无依赖";
        Low = "low", Plain, "Low", "低度依赖";
        Material = "material", Attention, "Material", "重大依赖";
        Full = "full", Bad, "Full", "完全依赖";
    }
}

closed_list! {
    /// How easily another vendor could take a service over.
    Substitutability {
        Easy = "easy", Good, "Easily substituted", "易于替代";
        Medium = "medium", Plain, "Substitutable with effort", "可替代";
        Hard = "hard", Attention, "Hard to substitute", "难以替代";
        Impossible = "impossible", Bad, "Not substitutable", "不可替代";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::list::ClosedList;

    #[test]
    fn the_words_are_in_order_of_severity() {
        assert_eq!(
            Reliance::ALL.iter().map(|r| r.key()).collect::<Vec<_>>(),
            ["none", "low", "material", "full"]
        );
        assert!(Substitutability::Hard > Substitutability::Easy);
        assert_eq!(Substitutability::from_key("impossible"), Some(Substitutability::Impossible));
    }
}
