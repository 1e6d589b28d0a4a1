//! The logarithm in twice the working precision.

use super::DoubleDouble;

/// ln 2.
const LN_2: DoubleDouble = DoubleDouble::new(std::f64::consts::LN_2, 2.3190468138462996e-17);

const THIRD: DoubleDouble = DoubleDouble::new(0.3333333333333333, 1.850371707708594e-17);
const FIFTH: DoubleDouble = DoubleDouble::new(0.2, -1.1102230246251566e-17);

/// Up to here, ln(1 + x) is computed without adding one first.
const NEAR: f64 = 1.0 / 128.0;
/// Up to here, x - ln(1 + x) is computed without a difference.
const CLOSE: f64 = 1e-6;

impl DoubleDouble {
    /// The natural logarithm of a positive number, with an error of a few 1e-32 times one or the result, if that is larger.
    ///
    /// The number is written as 2ᵉ·m, and m compared with the nearest c of a table, whose logarithms are known:
    /// ln(m/c) = 2 artanh(r) = 2(r + r³/3 + r⁵/5 + …) for r = (m - c)/(m + c), which is below 1/256.
    #[must_use]
    pub fn ln(self) -> Self {
        if self.high <= 0.0 || !self.high.is_finite() {
            return Self::from(self.high.ln());
        }
        // Subnormal numbers have no leading one to find.
        let (number, shift) = if self.high < f64::MIN_POSITIVE * 2f64.powi(60) {
            (self.scaled(2f64.powi(200)), -200)
        } else {
            (self, 0)
        };
        let bits = number.high.to_bits();
        let biased = (bits >> 52) as i32;
        let exponent = biased - 1023;
        // Two steps, since 2⁻ᵉ alone may be out of range.
        let half = exponent / 2;
        let mantissa = number
            .scaled(2f64.powi(-half))
            .scaled(2f64.powi(half - exponent));
        let index = ((bits >> 46) & 63) as usize;
        let centre = 1.0 + (index as f64 + 0.5) / 64.0;
        let r = (mantissa - centre) / (mantissa + centre);
        let (high, low) = LN_CENTRES[index];
        LN_2 * f64::from(exponent + shift) + Self::new(high, low) + twice_artanh(r)
    }

    /// ln(1 + x) for x above -1, with a relative error of about 1e-30 however small x is.
    ///
    /// ```
    /// use rustsci_stats::DoubleDouble;
    /// assert_eq!(DoubleDouble::from(1e-300).ln_1p().value(), 1e-300);
    /// ```
    #[must_use]
    pub fn ln_1p(self) -> Self {
        if self.high.abs() > NEAR {
            (self + 1.0).ln()
        } else {
            twice_artanh(self / (self + 2.0))
        }
    }

    /// x - ln(1 + x) for x above -1, with a relative error of about 1e-20 however small x is.
    #[must_use]
    pub(crate) fn less_ln_1p(self) -> Self {
        if self.high.abs() > CLOSE {
            return self - self.ln_1p();
        }
        // ½x² - ⅓x³ + ¼x⁴ - …
        let x = self.high;
        let bracket = Self::from(0.5) - self * (1.0 / 3.0 - x * (0.25 - x * 0.2));
        self * self * bracket
    }
}

/// 2 artanh(r) for |r| up to 1/256.
fn twice_artanh(r: DoubleDouble) -> DoubleDouble {
    let square = r * r;
    let s = square.high;
    // From r⁷ on, the working precision is enough.
    let tail = s * (1.0 / 7.0 + s * (1.0 / 9.0 + s / 11.0));
    let bracket = THIRD + square * (FIFTH + tail);
    (r + r * square * bracket).scaled(2.0)
}

/// ln(1 + (i + ½)/64), as sums of two numbers.
#[rustfmt::skip]
static LN_CENTRES: [(f64, f64); 64] = [
    (0.007782140442054949, -1.2819179123343845e-20),
    (0.02316705928153438, -1.1769544932063305e-18),
    (0.0383188643021366, -2.357996157351286e-18),
    (0.053244514518812285, -1.665575816973663e-18),
    (0.06795066190850775, -1.2802141240611733e-18),
    (0.08244366921107459, 5.700437773813987e-18),
    (0.09672962645855111, -5.597397486289965e-19),
    (0.11081436634029011, 1.183748342825649e-18),
    (0.12470347850095724, -4.6522609636496624e-18),
    (0.13840232285911913, 4.447777301357527e-18),
    (0.15191604202584197, 6.4838631244022194e-18),
    (0.16524957289530717, -1.0094935622322628e-17),
    (0.1784076574728183, -1.2432553788701131e-17),
    (0.19139485299962947, -1.2129496905792884e-17),
    (0.2042155414286909, 2.7338281018722773e-18),
    (0.21687393830061436, 4.551026193234283e-18),
    (0.22937410106484582, 9.927671823978025e-18),
    (0.24171993688714516, 8.900990022166643e-18),
    (0.25391520998096345, -8.048097394424201e-18),
    (0.26596354849713794, 5.3393802761314314e-18),
    (0.2778684510034563, -9.16018294909263e-19),
    (0.28963329258304266, 2.0535953219858174e-17),
    (0.3012613305781618, -9.048511144048564e-18),
    (0.3127557100038969, -1.451808353098951e-17),
    (0.324119468654212, -7.958214381893813e-18),
    (0.3353555419211378, 1.834564437059473e-17),
    (0.34646676734620857, 1.028583585496265e-17),
    (0.3574558889218038, -2.5136910072413547e-17),
    (0.3683255611587076, 2.690672380132659e-17),
    (0.37907835293496944, 1.587939415338447e-17),
    (0.3897167511400252, 2.734172667856699e-17),
    (0.4002431641270127, -1.1349239205188711e-17),
    (0.4106599249852684, 9.53814259997222e-18),
    (0.42096929464412963, 3.729923775655343e-18),
    (0.4311734648183713, 1.9420511053537492e-17),
    (0.4412745608048752, 2.5088908423700173e-17),
    (0.45127464413945856, 2.6777397456140527e-17),
    (0.46117571512217015, 1.741614762798376e-17),
    (0.470979715218791, 6.232095439601591e-18),
    (0.4806885293457519, 5.0660455855585734e-18),
    (0.4903039880451938, 2.1092325546314864e-17),
    (0.4998278695564493, 1.8560027823355852e-17),
    (0.5092619017898079, 4.4229949554747315e-17),
    (0.5186077642080457, -3.07373792013847e-17),
    (0.5278670896208424, -3.938876121973919e-18),
    (0.5370414658968836, 3.599743846939586e-17),
    (0.5461324375981357, -2.785373590779381e-17),
    (0.5551415075405016, -2.9237930089834585e-17),
    (0.564070138284803, -4.713528538503788e-17),
    (0.5729197535617855, 2.6028017871307396e-17),
    (0.5816917396346225, -2.4128853204003212e-17),
    (0.5903874466021763, 2.789809900502368e-17),
    (0.5990081896460834, 2.169308759646737e-17),
    (0.6075552502245418, -2.5212767604971525e-17),
    (0.616029877215514, -3.488611895632145e-17),
    (0.6244332880118935, 3.9598137234402294e-17),
    (0.6327666695710378, 5.3103007491432875e-17),
    (0.6410311794209312, 5.023567605577645e-17),
    (0.6492279466251099, -3.408303836279946e-17),
    (0.65735807270836, 3.287034671639441e-17),
    (0.6654226325450905, -3.769421986743112e-17),
    (0.6734226752121667, 2.1065619172826132e-17),
    (0.6813592248079031, -4.9888733319242566e-17),
    (0.689233281238809, -2.3207793837229205e-17),
];
