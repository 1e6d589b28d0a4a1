use num_complex::Complex;
use proptest::prelude::*;
use rustsci_buffer::f16;

use super::*;

fn positional<F: Float>(value: F, options: &Options) -> String {
    format_positional(value, options).expect("options are consistent")
}

fn scientific<F: Float>(value: F, options: &Options) -> String {
    format_scientific(value, options).expect("options are consistent")
}

fn exact(precision: usize) -> Options {
    Options {
        precision: Some(precision),
        unique: false,
        ..Options::default()
    }
}

fn text<F: Float>(value: F) -> String {
    float_str(value, ScalarStyle::Current)
}

#[test]
fn shortest_digits_depend_on_the_type() {
    let options = Options::default();
    assert_eq!(positional(f16::from_f64(0.1), &options), "0.1");
    assert_eq!(positional(0.1_f32, &options), "0.1");
    assert_eq!(positional(0.1_f64, &options), "0.1");
    assert_eq!(
        positional(f64::from(0.1_f32), &options),
        "0.10000000149011612"
    );
    assert_eq!(
        positional(f64::from(f16::from_f64(0.1)), &options),
        "0.0999755859375"
    );
}

#[test]
fn a_tie_between_shortest_candidates_goes_to_the_even_digit() {
    let options = Options::default();
    assert_eq!(positional(f16::from_f64(131.25), &options), "131.2");
    assert_eq!(positional(f16::from_f64(128.75), &options), "128.8");
    assert_eq!(positional(2.0_f32.powi(20) + 0.25, &options), "1048576.2");
    let large = 2.0_f64.powi(49);
    assert_eq!(positional(large + 0.25, &options), "562949953421312.2");
    assert_eq!(positional(large + 0.75, &options), "562949953421312.8");
}

#[test]
fn below_a_power_of_two_the_nearest_decimal_may_not_read_back() {
    let value = 2.0_f64.powi(-97);
    assert_eq!(
        scientific(value, &Options::default()),
        "6.310887241768095e-30"
    );
    assert_eq!(scientific(value, &exact(15)), "6.310887241768094e-30");
    let least = |digits| Options {
        min_digits: Some(digits),
        ..Options::default()
    };
    assert_eq!(scientific(value, &least(15)), "6.310887241768095e-30");
    assert_eq!(scientific(value, &least(16)), "6.3108872417680944e-30");
}

#[test]
fn exact_digits_go_to_the_end_of_the_expansion() {
    assert_eq!(
        positional(f32::MAX, &exact(0)),
        "340282346638528859811704183484516925440."
    );
    assert_eq!(
        positional(0.1_f32, &exact(27)),
        "0.100000001490116119384765625"
    );
    let smallest = positional(f64::from_bits(1), &exact(1074));
    assert_eq!(smallest.len(), 1076);
    assert!(smallest.starts_with("0.000") && smallest.ends_with("447265625"));
}

#[test]
fn exact_rounding_takes_halves_to_even() {
    let expected = [
        (0.5, "0."),
        (1.5, "2."),
        (2.5, "2."),
        (-0.5, "-0."),
        (0.7, "1."),
    ];
    for (value, expected) in expected {
        assert_eq!(positional(value, &exact(0)), expected);
    }
    assert_eq!(positional(0.125, &exact(2)), "0.12");
    assert_eq!(positional(0.375, &exact(2)), "0.38");
}

#[test]
fn precision_cuts_unique_digits_and_min_digits_adds_to_them() {
    let options = |precision, min_digits| Options {
        precision,
        min_digits,
        ..Options::default()
    };
    assert_eq!(positional(1.0 / 3.0, &options(Some(4), None)), "0.3333");
    assert_eq!(positional(1.2003, &options(Some(3), None)), "1.200");
    // Zeros that a carry leaves are no digits.
    assert_eq!(positional(1.1999, &options(Some(3), None)), "1.2");
    assert_eq!(positional(1.5, &options(None, Some(3))), "1.500");
    assert_eq!(
        positional(f32::MAX, &options(None, Some(0))),
        "340282346638528859811704183484516925440."
    );
    assert_eq!(
        positional(f32::MAX, &options(Some(4), None)),
        "340282350000000000000000000000000000000."
    );
}

#[test]
fn significant_digits_count_from_the_first_nonzero_one() {
    let options = |precision, unique| Options {
        precision: Some(precision),
        unique,
        fractional: false,
        ..Options::default()
    };
    assert_eq!(positional(324.0, &options(5, false)), "324.00");
    assert_eq!(
        positional(f32::MAX, &options(4, true)),
        "340300000000000000000000000000000000000."
    );
    assert_eq!(positional(0.001_234_56, &options(3, true)), "0.00123");
    assert_eq!(
        format_positional(1.0, &options(0, true)),
        Err(FormatError::NoSignificantDigit)
    );
}

#[test]
fn trimming_the_positional_form() {
    let fixed = |trim| Options { trim, ..exact(4) };
    assert_eq!(positional(1.2, &fixed(Trim::Keep)), "1.2000");
    assert_eq!(positional(1.0, &fixed(Trim::Zeros)), "1.");
    assert_eq!(positional(1.0, &fixed(Trim::AllButOneZero)), "1.0");
    assert_eq!(positional(1.0, &fixed(Trim::PointAndZeros)), "1");
    assert_eq!(positional(1.25, &fixed(Trim::PointAndZeros)), "1.25");
}

#[test]
fn padding_lines_up_points() {
    let options = |trim| Options {
        pad_left: 4,
        pad_right: Some(3),
        trim,
        ..Options::default()
    };
    assert_eq!(positional(1.5, &options(Trim::Keep)), "   1.5  ");
    assert_eq!(positional(-10.25, &options(Trim::Keep)), " -10.25 ");
    assert_eq!(positional(7.0, &options(Trim::PointAndZeros)), "   7    ");
    assert_eq!(
        scientific(
            -1.5,
            &Options {
                pad_left: 4,
                ..Options::default()
            }
        ),
        "  -1.5e+00"
    );
}

#[test]
fn exponents_have_at_least_the_digits_asked_for() {
    let options = |exp_digits| Options {
        exp_digits,
        ..Options::default()
    };
    assert_eq!(scientific(12.3, &options(5)), "1.23e+00001");
    assert_eq!(scientific(12.3, &options(9)), "1.23e+00001");
    assert_eq!(scientific(1e100, &options(1)), "1.e+100");
    assert_eq!(scientific(1.0, &options(0)), "1.e+");
    assert_eq!(
        scientific(1e-7, &Options::trimmed(Trim::AllButOneZero)),
        "1.0e-07"
    );
    assert_eq!(
        scientific(1e-7, &Options::trimmed(Trim::PointAndZeros)),
        "1e-07"
    );
}

#[test]
fn special_values_are_never_padded_and_nan_has_no_sign() {
    let options = Options {
        sign: true,
        pad_left: 8,
        pad_right: Some(8),
        ..Options::default()
    };
    assert_eq!(positional(f64::INFINITY, &options), "+inf");
    assert_eq!(positional(f64::NEG_INFINITY, &options), "-inf");
    assert_eq!(scientific(-f64::NAN, &options), "nan");
    assert_eq!(
        positional(
            0.0,
            &Options {
                sign: true,
                ..Options::default()
            }
        ),
        "+0."
    );
}

#[test]
fn unreasonable_lengths_and_contradictions_are_errors() {
    let too_long = Err(FormatError::TooLong);
    assert_eq!(format_positional(1.5, &exact(usize::MAX)), too_long);
    assert_eq!(
        format_positional(
            1.5,
            &Options {
                pad_left: usize::MAX,
                ..Options::default()
            }
        ),
        too_long
    );
    assert_eq!(
        format_positional(
            1.5,
            &Options {
                pad_right: Some(100_000),
                ..Options::default()
            }
        ),
        too_long
    );
    assert_eq!(
        format_scientific(
            1.5,
            &Options {
                pad_left: 100_000,
                ..Options::default()
            }
        ),
        too_long
    );
    let endless = Options {
        unique: false,
        ..Options::default()
    };
    assert_eq!(
        format_scientific(1.5, &endless),
        Err(FormatError::PrecisionMissing)
    );
    let crossed = Options {
        precision: Some(2),
        min_digits: Some(3),
        ..Options::default()
    };
    assert_eq!(
        format_positional(1.5, &crossed),
        Err(FormatError::MinDigitsAbovePrecision)
    );
}

#[test]
fn trim_codes_are_single_characters() {
    let modes = ["k", ".", "0", "-"].map(Trim::from_code);
    assert_eq!(
        modes,
        [
            Trim::Keep,
            Trim::Zeros,
            Trim::AllButOneZero,
            Trim::PointAndZeros
        ]
        .map(Ok)
    );
    assert_eq!(
        Trim::from_code("kk"),
        Err(FormatError::UnknownTrim(String::from("kk")))
    );
}

#[test]
fn scalars_turn_to_exponents_where_their_type_says() {
    assert_eq!(
        [text(1e15), text(1e16), text(1e-4), text(9.9e-5)],
        ["1000000000000000.0", "1e+16", "0.0001", "9.9e-05"]
    );
    assert_eq!([text(999_999_f32), text(1e6_f32)], ["999999.0", "1e+06"]);
    assert_eq!(
        [text(f16::from_f64(999.0)), text(f16::from_f64(-1000.0))],
        ["999.0", "-1e+03"]
    );
    assert_eq!(
        [text(-0.0), text(f64::NAN), text(f64::NEG_INFINITY)],
        ["-0.0", "nan", "-inf"]
    );
}

#[test]
fn scalars_as_earlier_releases_wrote_them() {
    assert_eq!(
        float_str(1e15_f32, ScalarStyle::UntilV2_2),
        "1000000000000000.0"
    );
    assert_eq!(
        float_str(1.0 / 3.0, ScalarStyle::V1_13Str),
        "0.333333333333"
    );
    assert_eq!(
        float_str(0.1, ScalarStyle::V1_13Repr),
        "0.10000000000000001"
    );
    assert_eq!(float_str(1e16, ScalarStyle::V1_13Str), "1e+16");
    assert_eq!(
        complex_str(Complex::new(1.0, f64::NAN), ScalarStyle::V1_13Str),
        "(1+nan*j)"
    );
}

#[test]
fn complex_scalars_leave_out_a_positive_zero_real_part() {
    let complex = |re: f64, im: f64| complex_str(Complex::new(re, im), ScalarStyle::Current);
    assert_eq!(
        [complex(1.0, 2.0), complex(0.0, 2.5), complex(-0.0, 1.0)],
        ["(1+2j)", "2.5j", "(-0+1j)"]
    );
    assert_eq!(
        [complex(1.0, -0.0), complex(f64::NAN, f64::INFINITY)],
        ["(1-0j)", "(nan+infj)"]
    );
    assert_eq!(
        complex_str(Complex::new(1e16_f32, 1.0), ScalarStyle::Current),
        "(1e+16+1j)"
    );
}

#[test]
fn reading_takes_decimals_and_words_only() {
    assert_eq!(parse_float(" +.5e1 "), Some(5.0));
    assert_eq!(parse_float("1e400"), Some(f64::INFINITY));
    assert!(parse_float::<f64>("-NaN").is_some_and(f64::is_nan));
    for text in [
        "", ".", "+", "1e", "0x1p3", "1_000", "1 2", "infinit", "nan(1)", "1j",
    ] {
        assert_eq!(parse_float::<f64>(text), None, "{text:?}");
    }
    assert_eq!(parse_float("65520"), Some(f16::INFINITY));
}

#[test]
fn scanning_stops_where_the_number_does() {
    let scan = |text| scan_float::<f64>(text);
    assert_eq!(scan("\t-1.5e+3x"), Some((-1500.0, 8)));
    assert_eq!(scan("1.e5.2"), Some((1e5, 4)));
    assert_eq!(scan("infinity5"), Some((f64::INFINITY, 8)));
    assert_eq!(scan("infinit"), Some((f64::INFINITY, 3)));
    assert_eq!(scan("nan(a_1)7").map(|(_, length)| length), Some(8));
    assert_eq!(scan("nan(a b)").map(|(_, length)| length), Some(3));
    assert_eq!([scan("."), scan("-"), scan("naé"), scan("")], [None; 4]);
}

#[test]
fn reading_complex_numbers() {
    let parse = |text| parse_complex::<f64>(text);
    assert_eq!(parse(" ( 1e5-2j ) "), Some(Complex::new(1e5, -2.0)));
    assert_eq!(parse("1+-2j"), Some(Complex::new(1.0, -2.0)));
    assert_eq!(parse("-infj"), Some(Complex::new(0.0, f64::NEG_INFINITY)));
    for text in [
        "j", "1+j", "(1", "1)", "1 + 2j", "1+2", "1+2i", "2j+1", "()",
    ] {
        assert_eq!(parse(text), None, "{text:?}");
    }
    assert_eq!(scan_complex("2j;1"), Some((Complex::new(0.0, 2.0), 2)));
    assert_eq!(scan_complex("1+2;"), Some((Complex::new(1.0, 0.0), 1)));
}

#[test]
fn every_half_reads_back() {
    for bits in 0..=u16::MAX {
        let value = f16::from_bits(bits);
        let back = parse_float::<f16>(&text(value)).expect("str of a half is a number");
        assert!(
            back.to_bits() == bits || value.is_nan() && back.is_nan(),
            "{value}"
        );
    }
}

proptest! {
    #[test]
    fn shortest_doubles_read_back(bits: u64) {
        let value = f64::from_bits(bits);
        prop_assume!(!value.is_nan());
        let options = Options::default();
        for written in [text(value), positional(value, &options), scientific(value, &options)] {
            prop_assert_eq!(parse_float::<f64>(&written).map(f64::to_bits), Some(bits), "{}", written);
        }
    }

    #[test]
    fn shortest_singles_read_back(bits: u32) {
        let value = f32::from_bits(bits);
        prop_assume!(!value.is_nan());
        prop_assert_eq!(text(value).parse::<f32>().map(f32::to_bits), Ok(bits));
    }

    #[test]
    fn extra_digits_still_read_back(bits: u64, digits in 0_usize..40) {
        let value = f64::from_bits(bits);
        prop_assume!(value.is_finite());
        let options = Options { min_digits: Some(digits), ..Options::default() };
        prop_assert_eq!(parse_float::<f64>(&scientific(value, &options)).map(f64::to_bits), Some(bits));
    }

    #[test]
    fn complex_numbers_read_back(re: f64, im: f64) {
        let written = complex_str(Complex::new(re, im), ScalarStyle::Current);
        let back: Complex<f64> = parse_complex(&written).expect("str of a complex is a number");
        prop_assert_eq!((back.re, back.im), (re, im), "{}", written);
    }

    #[test]
    fn scanning_any_text_stays_inside_it(text: String) {
        for length in [scan_float::<f64>(&text).map(|found| found.1), scan_complex::<f64>(&text).map(|found| found.1)] {
            prop_assert!(length.is_none_or(|length| text.is_char_boundary(length)));
        }
    }
}
