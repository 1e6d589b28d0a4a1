use super::*;

/// Units in the last place between two doubles.
fn distance(a: f64, b: f64) -> u64 {
    if a == b || (a.is_nan() && b.is_nan()) {
        return u64::from(a.is_sign_negative() != b.is_sign_negative());
    }
    a.to_bits().abs_diff(b.to_bits())
}

fn numbers(from: f64, to: f64) -> Vec<f64> {
    let step = (to - from) / 99_991.0;
    (0..99_991).map(|i| from + f64::from(i) * step).collect()
}

/// Compares with the standard library, some of whose functions are off by more than a unit themselves.
fn check<F: Elementary<f64>>(x: &[f64], units: u64) {
    let mut out = vec![0.0; x.len()];
    of_all::<f64, F>(x, &mut out);
    for (&x, &out) in x.iter().zip(&out) {
        assert!(
            distance(out, F::any(x)) <= units,
            "{x:e}: {out:e}, {:e}",
            F::any(x)
        );
        assert_eq!(out.to_bits(), alone::<F>(x).to_bits(), "{x:e} alone");
    }
}

fn alone<F: Elementary<f64>>(x: f64) -> f64 {
    let mut out = [0.0];
    of_all::<f64, F>(&[x], &mut out);
    out[0]
}

/// Compares with the function of doubles.
fn check_single<F: Elementary<f32> + Elementary<f64>>(x: &[f64]) {
    let x: Vec<f32> = x.iter().map(|&x| x as f32).collect();
    let mut out = vec![0.0; x.len()];
    of_all::<f32, F>(&x, &mut out);
    for (&x, &out) in x.iter().zip(&out) {
        let exact: f64 = F::any(f64::from(x));
        let expected = exact as f32;
        let apart = out.to_bits().abs_diff(expected.to_bits());
        let same = out == expected && out.is_sign_negative() == expected.is_sign_negative();
        let same = same || (out.is_nan() && expected.is_nan());
        assert!(same || apart <= 1, "{x:e}: {out:e}, {expected:e}");
    }
}

const SPECIAL: [f64; 18] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
    1e308,
    -1e308,
    5e-324,
    -5e-324,
    1e-300,
    709.7,
    710.0,
    -745.0,
    -746.0,
    0.5,
    2.0,
];

/// Numbers of all sizes and both signs.
fn of_all_sizes() -> Vec<f64> {
    let sizes = numbers(-740.0, 709.0).into_iter().map(f64::exp);
    sizes
        .enumerate()
        .map(|(i, x)| if i % 2 == 0 { x } else { -x })
        .collect()
}

macro_rules! right_to_a_unit {
    ($($name:ident: $($F:ident $units:literal),* from $from:literal to $to:literal;)*) => {
        $(#[test]
        fn $name() {
            let all = of_all_sizes();
            for x in [&numbers($from, $to)[..], &numbers(-1.0, 1.0), &numbers(0.5, 2.0), &all, &SPECIAL] {
                $(check::<$F>(x, $units);
                check_single::<$F>(x);)*
            }
        })*
    };
}

right_to_a_unit! {
    exponentials_are_right_to_a_unit_in_the_last_place: Exp 1, Exp2 1, Expm1 1 from -750.0 to 750.0;
    hyperbolic_functions_are_right_to_a_unit_in_the_last_place: Sinh 2, Cosh 2, Tanh 2 from -30.0 to 30.0;
    logarithms_are_right_to_a_unit_in_the_last_place: Log 1, Log2 1, Log10 2, Log1p 1 from 0.0 to 1e5;
    inverse_hyperbolic_functions_are_right_to_a_unit_in_the_last_place: Asinh 3, Acosh 3, Atanh 3 from -30.0 to 30.0;
    inverse_sines_are_right_to_a_unit_in_the_last_place: Asin 1, Acos 1 from -1.0 to 1.0;
    inverse_tangents_are_right_to_a_unit_in_the_last_place: Atan 1 from -10.0 to 10.0;
    cube_roots_are_right_to_a_unit_in_the_last_place: Cbrt 1 from -1000.0 to 1000.0;
    sines_are_right_to_a_unit_in_the_last_place: Sin 1, Cos 1, Tan 1 from -2e5 to 2e5;
}

#[test]
fn angles_near_quarters_of_a_turn_keep_their_digits() {
    let quarters: Vec<f64> = (0..200_000)
        .map(|i| f64::from(i) * std::f64::consts::FRAC_PI_2)
        .collect();
    check::<Sin>(&quarters, 1);
    check::<Cos>(&quarters, 1);
    check::<Tan>(&quarters, 1);
}

fn check_pairs<F: ElementaryOfTwo<f64> + ElementaryOfTwo<f32>>(x: &[f64], y: &[f64]) {
    let mut out = vec![0.0; x.len()];
    of_pairs::<f64, F>(x, y, &mut out);
    for ((&x, &y), &out) in x.iter().zip(y).zip(&out) {
        let expected: f64 = F::any(x, y);
        assert!(
            distance(out, expected) <= 1,
            "{x:e}, {y:e}: {out:e}, {expected:e}"
        );
        assert_eq!(
            out.to_bits(),
            of_pair::<f64, F>(x, y).to_bits(),
            "{x:e}, {y:e} alone"
        );
    }
    let single = |numbers: &[f64]| -> Vec<f32> { numbers.iter().map(|&x| x as f32).collect() };
    let (x, y) = (single(x), single(y));
    let mut out = vec![0.0; x.len()];
    of_pairs::<f32, F>(&x, &y, &mut out);
    for ((&x, &y), &out) in x.iter().zip(&y).zip(&out) {
        let expected: f32 = F::any(x, y);
        let same = out == expected || (out.is_nan() && expected.is_nan());
        let apart = out.to_bits().abs_diff(expected.to_bits());
        assert!(same || apart <= 1, "{x:e}, {y:e}: {out:e}, {expected:e}");
    }
}

/// Each of some numbers beside each of others.
fn crossed(x: &[f64], y: &[f64]) -> (Vec<f64>, Vec<f64>) {
    x.iter()
        .flat_map(|&x| y.iter().map(move |&y| (x, y)))
        .unzip()
}

#[test]
fn functions_of_two_numbers_are_right_to_a_unit_in_the_last_place() {
    let every =
        |numbers: Vec<f64>, nth: usize| -> Vec<f64> { numbers.into_iter().step_by(nth).collect() };
    let sizes = every(of_all_sizes(), 331);
    let small = every(numbers(-3.0, 3.0), 331);
    let special = [
        &SPECIAL[..],
        &[3.0, 10.0, -7.0, 1.0 + f64::EPSILON, 1.0 - f64::EPSILON],
    ]
    .concat();
    for (x, y) in [
        (&sizes, &sizes),
        (&small, &small),
        (&sizes, &small),
        (&special, &special),
        (&special, &sizes),
    ] {
        let (x, y) = crossed(x, y);
        check_pairs::<Atan2>(&x, &y);
        check_pairs::<Power>(&x, &y);
    }
    let (x, y) = crossed(
        &every(numbers(0.9, 1.1), 331),
        &every(numbers(-5000.0, 5000.0), 331),
    );
    check_pairs::<Power>(&x, &y);
}

#[test]
fn one_value_stands_for_many() {
    let x = numbers(0.1, 9.0);
    let mut out = vec![0.0; x.len()];
    of_pairs::<f64, Power>(&x, &[1.5], &mut out);
    assert!(
        x.iter()
            .zip(&out)
            .all(|(&x, &out)| out == of_pair::<f64, Power>(x, 1.5))
    );
    of_pairs::<f64, Power>(&[1.5], &x, &mut out);
    assert!(
        x.iter()
            .zip(&out)
            .all(|(&x, &out)| out == of_pair::<f64, Power>(1.5, x))
    );
}

#[test]
fn what_can_be_exact_is() {
    for k in 0..23 {
        let power = 10.0_f64.powi(k);
        assert_eq!(alone::<Log10>(power), f64::from(k));
        assert_eq!(of_pair::<f64, Power>(10.0, f64::from(k)), power);
    }
    for k in -1020..1020 {
        let power = 2.0_f64.powi(k);
        assert_eq!(alone::<Exp2>(f64::from(k)), power);
        assert_eq!(alone::<Log2>(power), f64::from(k));
    }
    for i in 0..1000 {
        let x = f64::from(i);
        assert_eq!(alone::<Cbrt>(-x * x * x), -x);
        assert_eq!(of_pair::<f64, Power>(x * x, 0.5), x);
        assert_eq!(of_pair::<f64, Power>(x + 0.1, 2.0), (x + 0.1) * (x + 0.1));
        assert_eq!(of_pair::<f64, Power>(x + 0.1, 1.0), x + 0.1);
    }
}

/// Where the standard library is off by more than a unit, numbers of an arithmetic with sixty digits are better.
#[test]
fn numbers_of_a_longer_arithmetic_are_met() {
    macro_rules! met {
        ($($F:ident: $(($x:literal, $value:literal)),*;)*) => {
            $($(assert!(distance(alone::<$F>($x), $value) <= 1, "{} {}", stringify!($F), $x);)*)*
        };
    }
    met! {
        Log10: (1.521_22, 0.182_192_026_595_276_92), (1.735_22, 0.239_354_544_676_711_7), (1.831_35, 0.262_771_352_790_305_67), (2.096_41, 0.321_476_222_645_925_46), (1.731_82, 0.238_502_750_805_385_66), (2.060_18, 0.313_905_166_772_850_46), (0.452_209, -0.344_660_798_444_791_5), (1.238_12, 0.092_762_739_039_679_06);
        Sinh: (1.773_43, 2.860_637_607_713_990_3), (0.595_898, 0.631_796_146_488_522_6), (1.603_6, 2.384_862_239_035_87), (-1.547_18, -2.242_677_597_489_534_3), (-0.123_724, -0.124_039_895_181_465_95), (-1.013_71, -1.196_467_941_450_715_8), (0.175_043, 0.175_938_258_203_807_1), (0.295_765, 0.300_096_002_430_633_95);
        Cosh: (-1.947_54, 3.577_021_377_882_049_4), (-1.133_08, 1.713_622_832_590_724_8), (-0.882_071, 1.414_911_319_336_137_8), (1.665_38, 2.738_400_483_229_704_6), (1.062_9, 1.620_103_078_993_745_6), (-1.361_58, 2.079_304_863_062_067_6), (1.188_59, 1.793_550_103_735_478_4), (-1.444_93, 2.238_658_901_460_773);
        Tanh: (0.352_358, 0.338_465_078_920_986), (-1.119_9, -0.807_534_130_525_019_1), (-1.494_68, -0.904_182_251_764_618_5), (1.114_21, 0.805_545_528_325_499_3), (-0.871_631, -0.702_201_852_569_175_9), (-0.853_556, -0.692_922_644_096_385_2), (1.447_26, 0.895_149_750_353_964_3), (1.117_22, 0.806_599_769_101_842_4);
        Asinh: (-0.842_779, -0.765_725_659_763_454_9), (1.845_91, 1.372_521_698_344_736_1), (0.156_894, 0.156_257_350_652_373_26), (0.711_322, 0.661_917_240_758_321), (-1.180_88, -1.003_675_023_482_036_9), (1.763_9, 1.332_773_520_361_811_6), (0.762_568, 0.703_171_267_735_643_1), (1.866_26, 1.382_173_941_360_240_3);
        Acosh: (1.893_74, 1.253_312_124_208_696_6), (1.298_79, 0.754_974_578_365_044_7), (1.361_19, 0.826_227_022_018_581_1), (1.165_96, 0.568_440_790_410_925_5), (1.145_7, 0.533_466_517_906_910_2), (1.065_14, 0.359_012_060_873_972_2), (1.301_36, 0.758_068_065_513_975_3), (1.603_11, 1.049_453_946_637_811_2);
        Atanh: (-0.893_91, -1.441_055_481_833_198), (0.320_282, 0.331_961_311_426_760_44), (-0.291_786, -0.300_517_364_019_639_13), (-0.342_076, -0.356_441_762_343_026_66), (0.573_333, 0.652_473_864_275_907), (-0.034_658_7, -0.034_672_587_648_607_05), (-0.331_572, -0.344_593_395_608_620_35), (-0.033_806_9, -0.033_819_788_214_281_304);
    }
}

#[test]
fn plain_arguments_leave_no_condition() {
    use rustsci_buffer::fpstatus::{clear, take};
    let mut x: Vec<f64> = vec![1e-300, -1e-300, 1e-20, 0.0, -0.0, 3.0, 700.0, -700.0, 1e-59];
    x.extend([1.0, -1.0, 701.0, -701.0]);
    x.extend([0.5; 31]);
    let mut out = vec![0.0; x.len()];
    let positive: Vec<f64> = x.iter().map(|x| x.abs() + f64::MIN_POSITIVE).collect();
    let above_one: Vec<f64> = positive.iter().map(|x| x + 1.0).collect();
    let units: Vec<f64> = x.iter().map(|x| x / 701.0).collect();
    let inner: Vec<f64> = x.iter().map(|x| x / 702.0).collect();
    clear();
    macro_rules! all_of {
        ($($x:ident: $($F:ident)*;)*) => { $($(of_all::<f64, $F>(&$x, &mut out);)*)* };
    }
    all_of! {
        x: Exp Exp2 Expm1 Tanh Cosh Sinh Sin Cos Tan Atan Cbrt Asinh;
        positive: Log Log2 Log10 Log1p;
        above_one: Acosh;
        units: Asin Acos;
        inner: Atanh;
    }
    assert!(units.contains(&1.0) && above_one.contains(&1.0));
    of_pairs::<f64, Atan2>(&x, &above_one, &mut out);
    of_pairs::<f64, Power>(&above_one, &units, &mut out);
    assert!(take().is_none(), "{:?}", take());

    // Nor do they beside others, whose results are as good.
    x[20] = -f64::MAX;
    of_all::<f64, Cos>(&x, &mut out);
    of_all::<f64, Sin>(&x, &mut out);
    assert!(take().is_none(), "{:?}", take());
}
