//! What is read on every ground that people use, and told apart with every kind of sight.

use super::*;

/// Grounds of dark terminals: plain black, three editors' own, Solarized.
const DARK_GROUNDS: [u32; 5] = [0x0000_0000, 0x0016_181d, 0x001e_1e1e, 0x0028_2c34, 0x0000_2b36];
/// Grounds of light ones: plain white, a code host's own, Solarized.
const LIGHT_GROUNDS: [u32; 3] = [0x00ff_ffff, 0x00f6_f8fa, 0x00fd_f6e3];

/// Every role whose text is read on the terminal's own ground.
const TEXT_ROLES: [Role; 7] =
    [Role::Muted, Role::Accent, Role::Good, Role::Attention, Role::Bad, Role::Info, Role::Match];
/// Every role that brings its own ground.
const FILLED: [Role; 5] = [Role::Selected, Role::Heat(0), Role::Heat(1), Role::Heat(2), Role::Heat(3)];

/// The sixteen of two terminals that have no more: the Linux console and xterm.
const CONSOLE: [u32; 16] = [
    0x0000_0000,
    0x00aa_0000,
    0x0000_aa00,
    0x00aa_5500,
    0x0000_00aa,
    0x00aa_00aa,
    0x0000_aaaa,
    0x00aa_aaaa,
    0x0055_5555,
    0x00ff_5555,
    0x0055_ff55,
    0x00ff_ff55,
    0x0055_55ff,
    0x00ff_55ff,
    0x0055_ffff,
    0x00ff_ffff,
];
const XTERM: [u32; 16] = [
    0x0000_0000,
    0x00cd_0000,
    0x0000_cd00,
    0x00cd_cd00,
    0x0000_00ee,
    0x00cd_00cd,
    0x0000_cdcd,
    0x00e5_e5e5,
    0x007f_7f7f,
    0x00ff_0000,
    0x0000_ff00,
    0x00ff_ff00,
    0x005c_5cff,
    0x00ff_00ff,
    0x0000_ffff,
    0x00ff_ffff,
];

fn grounds(ground: Ground) -> &'static [u32] {
    match ground {
        Ground::Dark => &DARK_GROUNDS,
        Ground::Light => &LIGHT_GROUNDS,
    }
}

/// The colours of a terminal: what stands behind each name. `None` is its own text colour.
fn hex(colour: Color, sixteen: &[u32; 16]) -> Option<u32> {
    let of = |n: usize| Some(sixteen[n]);
    match colour {
        Color::Reset => None,
        Color::Rgb(r, g, b) => Some(u32::from_be_bytes([0, r, g, b])),
        Color::Indexed(n @ 16..=231) => {
            const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
            let n = usize::from(n - 16);
            Some(u32::from_be_bytes([0, STEPS[n / 36], STEPS[n / 6 % 6], STEPS[n % 6]]))
        }
        Color::Indexed(n @ 232..) => {
            let v = 8 + 10 * (n - 232);
            Some(u32::from_be_bytes([0, v, v, v]))
        }
        Color::Red => of(1),
        Color::Blue => of(4),
        Color::Magenta => of(5),
        Color::LightRed => of(9),
        Color::LightGreen => of(10),
        Color::LightYellow => of(11),
        Color::LightMagenta => of(13),
        Color::LightCyan => of(14),
        other => panic!("{other:?} is a colour that no theme should name"),
    }
}

/// Red, green and blue as light, 0 to 1 (sRGB).
fn light(hex: u32) -> [f64; 3] {
    let [_, r, g, b] = hex.to_be_bytes();
    [r, g, b].map(|v| {
        let v = f64::from(v) / 255.0;
        if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    })
}

fn luminance(hex: u32) -> f64 {
    let [r, g, b] = light(hex);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// The contrast of two colours (WCAG 2.2), 1 to 21.
fn contrast(one: u32, other: u32) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

fn theme(name: ThemeName, ground: Ground, depth: Depth) -> Theme {
    Theme::of(&Look { theme: Some(name), ground, ..Look::default() }, depth)
}

/// The grounds on which a theme may be met.
fn met_on(name: ThemeName) -> &'static [Ground] {
    match name {
        ThemeName::Dark => &[Ground::Dark],
        ThemeName::Light => &[Ground::Light],
        _ => &[Ground::Dark, Ground::Light],
    }
}

#[test]
fn the_contrast_is_that_of_the_standard() {
    assert!((contrast(0x00ff_ffff, 0) - 21.0).abs() < 1e-9);
    assert!((contrast(0x0077_7777, 0x00ff_ffff) - 4.478).abs() < 0.001);
    assert!((contrast(0x009a_a3b2, 0x0028_2c34) - 5.50).abs() < 0.01, "as in the drawing of the roles");
}

#[test]
fn every_text_is_read_in_every_theme_on_every_ground() {
    let mut checked = 0;
    for name in ThemeName::ALL {
        let least = if name == ThemeName::HighContrast { 7.0 } else { 4.5 };
        for ground in met_on(name) {
            for depth in [Depth::True, Depth::Indexed] {
                let theme = theme(name, *ground, depth);
                for role in TEXT_ROLES {
                    let style = theme.style(role);
                    assert_eq!(style.bg, None, "{role:?}");
                    // The terminal's own text colour is for the terminal to answer for; the sixteen are
                    // looked at on their own.
                    let Some(ink) = style.fg.filter(|_| name != ThemeName::Sixteen) else { continue };
                    for behind in grounds(*ground) {
                        let ratio = contrast(hex(ink, &XTERM).unwrap(), *behind);
                        assert!(ratio >= least, "{name:?} {depth:?} {role:?} on {behind:06x}: {ratio:.2}");
                        checked += 1;
                    }
                }
                for role in FILLED {
                    let style = theme.style(role);
                    let (Some(ink), Some(behind)) = (style.fg, style.bg) else { continue };
                    let ratio = contrast(hex(ink, &XTERM).unwrap(), hex(behind, &XTERM).unwrap());
                    assert!(ratio >= least, "{name:?} {depth:?} {role:?}: {ratio:.2}");
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 300, "only {checked} were looked at");
}

#[test]
fn sixteen_colours_are_read_on_the_terminals_that_have_no_more() {
    for palette in [CONSOLE, XTERM] {
        for (ground, behind) in [(Ground::Dark, 0), (Ground::Light, 0x00ff_ffff)] {
            let look = Look { ground, ..Look::default() };
            for theme in [theme(ThemeName::Sixteen, ground, Depth::True), Theme::of(&look, Depth::Basic)] {
                for role in TEXT_ROLES.into_iter().chain(FILLED) {
                    let Some(ink) = theme.style(role).fg else { continue };
                    let ratio = contrast(hex(ink, &palette).unwrap(), behind);
                    assert!(ratio >= 4.5, "{role:?} on {behind:06x}: {ratio:.2}");
                }
            }
        }
    }
}

#[test]
fn heat_is_told_in_grey() {
    for name in [ThemeName::Dark, ThemeName::Light, ThemeName::HighContrast, ThemeName::ColourBlind] {
        for ground in met_on(name) {
            for depth in [Depth::True, Depth::Indexed] {
                let theme = theme(name, *ground, depth);
                let shades: Vec<f64> = (0..4)
                    .map(|level| luminance(hex(theme.style(Role::Heat(level)).bg.unwrap(), &XTERM).unwrap()))
                    .collect();
                let grows = |pair: &[f64]| match ground {
                    Ground::Dark => pair[0] < pair[1],
                    Ground::Light => pair[0] > pair[1],
                };
                assert!(shades.windows(2).all(grows), "{name:?} {ground:?} {depth:?}: {shades:?}");
            }
        }
    }
}

/// How the colour-blind see a colour (Machado, Oliveira and Fernandes 2009, in full): without red,
/// without green, without blue; and how everybody does.
const SIGHTS: [[[f64; 3]; 3]; 4] = [
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    [
        [0.152_286, 1.052_583, -0.204_868],
        [0.114_503, 0.786_281, 0.099_216],
        [-0.003_882, -0.048_116, 1.051_998],
    ],
    [
        [0.367_322, 0.860_646, -0.227_968],
        [0.280_085, 0.672_501, 0.047_413],
        [-0.011_820, 0.042_940, 0.968_881],
    ],
    [
        [1.255_528, -0.076_749, -0.178_779],
        [-0.078_411, 0.930_809, 0.147_602],
        [0.004_733, 0.691_367, 0.303_900],
    ],
];

/// A colour as it is seen, in CIE L*a*b*.
fn seen(hex: u32, sight: &[[f64; 3]; 3]) -> [f64; 3] {
    let light = light(hex);
    let seen = sight.map(|row| row.iter().zip(light).map(|(m, v)| m * v).sum::<f64>().clamp(0.0, 1.0));
    let f = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
    let part = |[r, g, b]: [f64; 3], white: f64| f((r * seen[0] + g * seen[1] + b * seen[2]) / white);
    let x = part([0.4124, 0.3576, 0.1805], 0.950_47);
    let y = part([0.2126, 0.7152, 0.0722], 1.0);
    let z = part([0.0193, 0.1192, 0.9505], 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The least distance (ΔE 1976) of what is well, wants a look and wants a deed, as anybody sees them.
fn least_distance(theme: &Theme) -> f64 {
    let roles = [Role::Good, Role::Attention, Role::Bad];
    let inks = roles.map(|role| hex(theme.style(role).fg.unwrap(), &XTERM).unwrap());
    let pairs = [(0, 1), (0, 2), (1, 2)];
    let distances = SIGHTS.iter().flat_map(|sight| {
        pairs.map(|(one, other)| {
            let (one, other) = (seen(inks[one], sight), seen(inks[other], sight));
            one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
        })
    });
    distances.fold(f64::INFINITY, f64::min)
}

#[test]
fn the_colour_blind_tell_what_is_well_from_what_is_not() {
    for ground in [Ground::Dark, Ground::Light] {
        for depth in [Depth::True, Depth::Indexed] {
            let least = least_distance(&theme(ThemeName::ColourBlind, ground, depth));
            // What differs by 2.3 is just told apart side by side.
            assert!(least >= 35.0, "{ground:?} {depth:?}: {least:.1}");
            let usual = match ground {
                Ground::Dark => ThemeName::Dark,
                Ground::Light => ThemeName::Light,
            };
            assert!(
                least > 1.5 * least_distance(&theme(usual, ground, depth)),
                "the usual theme does as well"
            );
        }
    }
}

#[test]
fn without_colour_the_cursor_still_shows() {
    let named = |name| Look { theme: Some(name), ..Look::default() };
    for theme in [
        Theme::of(&Look::default(), Depth::Mono),
        Theme::of(&named(ThemeName::ColourBlind), Depth::Mono),
        Theme::of(&named(ThemeName::Mono), Depth::True),
        Theme::of(&named(ThemeName::Mono), Depth::Basic),
    ] {
        assert!(theme.style(Role::Selected).add_modifier.contains(Modifier::REVERSED));
        assert!(theme.style(Role::Strong).add_modifier.contains(Modifier::BOLD));
        for role in TEXT_ROLES.into_iter().chain(FILLED) {
            assert_eq!((theme.style(role).fg, theme.style(role).bg), (None, None));
        }
    }
}

#[test]
fn where_nothing_is_named_the_terminal_decides() {
    let told = |ground| Look { ground, ..Look::default() };
    for (ground, name) in [(Ground::Dark, ThemeName::Dark), (Ground::Light, ThemeName::Light)] {
        for depth in [Depth::True, Depth::Indexed] {
            assert_eq!(Theme::of(&told(ground), depth), theme(name, Ground::Dark, depth));
        }
        let sixteen = Theme::of(&told(ground), Depth::Basic);
        assert_eq!(sixteen, theme(ThemeName::Sixteen, ground, Depth::True));
    }
}
