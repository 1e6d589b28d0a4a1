//! The bases of smooth terms with their penalties, as mgcv names them.

use serde::{Deserialize, Serialize};

use super::thin_plate::ThinPlate;
use crate::matrices::{congruent, identity, null_space, product, symmetric_eigen, transposed};
use crate::splines::{BSpline, Penalised, PiecewiseCubic, quantile};

/// Rows that are worked out together.
const CHUNK: usize = 1024;

/// Which functions a smooth is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// `tp`: thin plate regression splines.
    ThinPlate,
    /// `cr`: natural cubic splines with knots at quantiles, penalised by their second derivative.
    Cubic,
    /// `cc`: cubic splines that meet their own beginning.
    Cyclic,
    /// `ps`: B-splines with evenly spaced knots, penalised by second differences (Eilers & Marx 1996).
    PSpline,
    /// `mpi`: monotone P-splines that increase (Pya & Wood 2015, *Shape constrained additive models*).
    Increasing,
    /// `mpd`: monotone P-splines that decrease.
    Decreasing,
}

impl Kind {
    /// The kind of a name in mgcv.
    pub fn by_name(name: &str) -> Option<Self> {
        Some(match name {
            "tp" => Self::ThinPlate,
            "cr" => Self::Cubic,
            "cc" => Self::Cyclic,
            "ps" => Self::PSpline,
            "mpi" => Self::Increasing,
            "mpd" => Self::Decreasing,
            _ => return None,
        })
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Functions {
    Plate(ThinPlate),
    Cubic(PiecewiseCubic),
    /// B-splines, and the combinations of them that are the columns, by rows.
    Splines(BSpline, Vec<f64>, usize),
}

/// A smooth function's basis, less what the constant of the model says already, and its penalty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Smooth {
    functions: Functions,
    /// The penalty on squared curvature, by rows; nothing if the smooth is not penalised.
    penalty: Option<Vec<f64>>,
    /// λ, if it is given.
    lambda: Option<f64>,
    /// The sign that coefficients must have, if the function is monotone.
    sign: Option<f64>,
}

/// What a call of `s()` asks for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Which functions.
    pub kind: Kind,
    /// How many functions there are before the constraint takes one.
    pub k: usize,
    /// Knots, for `cr` and `cc`.
    pub knots: Option<Vec<f64>>,
    /// The degree of B-splines.
    pub degree: usize,
    /// The order of the differences that `ps` penalises.
    pub order: usize,
    /// Whether there is no penalty.
    pub fixed: bool,
    /// λ, if it is not to be chosen.
    pub lambda: Option<f64>,
}

impl Smooth {
    /// The basis of some columns' values, its functions adding up to zero over the rows.
    ///
    /// # Errors
    /// If there are too few distinct values for so many functions.
    pub fn learn(wanted: &Wanted, columns: &[&[f64]]) -> Result<Self, String> {
        if wanted.kind != Kind::ThinPlate && columns.len() > 1 {
            return Err(
                "only thin plate splines (bs='tp') are functions of several columns".to_owned(),
            );
        }
        if wanted.kind != Kind::PSpline && columns.iter().any(|x| x.iter().any(|x| !x.is_finite()))
        {
            return Err("values must be finite".to_owned());
        }
        let (functions, penalty) = match wanted.kind {
            Kind::ThinPlate => {
                let (plate, penalty) = ThinPlate::learn(columns, wanted.k)?;
                (Functions::Plate(plate), penalty)
            }
            Kind::Cubic | Kind::Cyclic => {
                let (cubic, penalty) = cubic(wanted, columns[0])?;
                (Functions::Cubic(cubic), penalty)
            }
            Kind::PSpline => p_splines(wanted, columns[0])?,
            Kind::Increasing | Kind::Decreasing => return Self::monotone(wanted, columns[0]),
        };
        let raw = Self {
            functions,
            penalty: Some(penalty),
            lambda: wanted.lambda,
            sign: None,
        };
        let free = match wanted.kind {
            Kind::ThinPlate => columns.len(),
            Kind::Cubic | Kind::Increasing | Kind::Decreasing => 1,
            Kind::Cyclic => 0,
            Kind::PSpline => wanted.order.saturating_sub(1),
        };
        let mut smooth = raw.centred(columns).with_unit_penalty(free);
        if wanted.fixed {
            smooth.penalty = None;
        }
        Ok(smooth)
    }

    /// Sums of B-splines from the right, which rise: those of coefficients of one sign are monotone. Their coefficients
    /// are the slopes between knots, whose differences are penalised, so that lines are free.
    fn monotone(wanted: &Wanted, x: &[f64]) -> Result<Self, String> {
        let splines = evenly_spaced(wanted, x)?;
        let (k, width) = (wanted.k, wanted.k - 1);
        let sums = (0..k * width).map(|at| f64::from(u8::from(at / width > at % width)));
        let penalty = (!wanted.fixed).then(|| differences(width, 1));
        Ok(Self {
            functions: Functions::Splines(splines, sums.collect(), width),
            penalty,
            lambda: wanted.lambda,
            sign: Some(if wanted.kind == Kind::Increasing {
                1.0
            } else {
                -1.0
            }),
        })
    }

    /// The sign that coefficients must have, if any.
    pub fn sign(&self) -> Option<f64> {
        self.sign
    }

    /// The same functions without the one that is not zero on average over the rows.
    fn centred(&self, columns: &[&[f64]]) -> Self {
        let width = self.width();
        let mut sums = vec![0.0; width];
        for column in self.columns(columns).iter().zip(&mut sums) {
            *column.1 = column.0.iter().sum();
        }
        let z = null_space(vec![sums], width);
        let to = width - 1;
        let penalty = self.penalty.as_ref().map(|s| congruent(s, &z, width, to));
        Self {
            penalty,
            ..self.combine(&z, to)
        }
    }

    /// The same functions in the basis in which the penalty is the sum of squares of all coefficients but the last
    /// `free`, so that no λ, however large, hides what is not penalised (Wood 2017, section 5.4.2).
    fn with_unit_penalty(&self, free: usize) -> Self {
        let width = self.width();
        let Some(penalty) = &self.penalty else {
            return self.clone();
        };
        let (values, mut axes) = symmetric_eigen(penalty, width);
        let bent = width - free.min(width);
        for row in axes.chunks_exact_mut(width) {
            for (entry, value) in row[..bent].iter_mut().zip(&values) {
                *entry /= value.abs().sqrt();
            }
        }
        let mut unit = vec![0.0; width * width];
        unit.iter_mut()
            .step_by(width + 1)
            .take(bent)
            .for_each(|one| *one = 1.0);
        Self {
            penalty: Some(unit),
            ..self.combine(&axes, width)
        }
    }

    fn combine(&self, matrix: &[f64], to: usize) -> Self {
        let functions = match &self.functions {
            Functions::Plate(plate) => Functions::Plate(plate.combine(matrix, to)),
            Functions::Cubic(cubic) => Functions::Cubic(cubic.combine(matrix, to)),
            Functions::Splines(splines, combination, width) => Functions::Splines(
                splines.clone(),
                product(combination, matrix, *width, to),
                to,
            ),
        };
        Self {
            functions,
            penalty: None,
            lambda: self.lambda,
            sign: self.sign,
        }
    }

    /// How many columns there are.
    pub fn width(&self) -> usize {
        match &self.functions {
            Functions::Plate(plate) => plate.width(),
            Functions::Cubic(cubic) => cubic.width(),
            Functions::Splines(_, _, width) => *width,
        }
    }

    /// The penalty of the columns' coefficients, by rows.
    pub fn penalty(&self) -> Option<&[f64]> {
        self.penalty.as_deref()
    }

    /// λ, if it was given.
    pub fn lambda(&self) -> Option<f64> {
        self.lambda
    }

    /// The columns at some points, each of which has a coordinate in each of `x`.
    pub fn columns(&self, x: &[&[f64]]) -> Vec<Vec<f64>> {
        let (rows, width) = (x[0].len(), self.width());
        let mut flat = vec![0.0; rows * width];
        if width > 0 {
            let pieces: Vec<_> = flat.chunks_mut(CHUNK * width).enumerate().collect();
            rustsci_par::for_each(pieces, &|(index, piece): (usize, &mut [f64])| {
                let mut point = vec![0.0; x.len()];
                let mut scratch = Vec::new();
                for (offset, values) in piece.chunks_exact_mut(width).enumerate() {
                    for (coordinate, x) in point.iter_mut().zip(x) {
                        *coordinate = x[index * CHUNK + offset];
                    }
                    self.fill(&point, &mut scratch, values);
                }
            });
        }
        (0..width)
            .map(|column| flat.iter().skip(column).step_by(width).copied().collect())
            .collect()
    }

    fn fill(&self, point: &[f64], scratch: &mut Vec<f64>, values: &mut [f64]) {
        match &self.functions {
            Functions::Plate(plate) => plate.fill(point, values),
            Functions::Cubic(cubic) => cubic.fill(point[0], values),
            Functions::Splines(splines, combination, width) => {
                splines.fill_with_lines(point[0], scratch);
                values.fill(0.0);
                let used = scratch.iter().zip(combination.chunks_exact(*width));
                for (factor, line) in used.filter(|(factor, _)| **factor != 0.0) {
                    for (value, entry) in values.iter_mut().zip(line) {
                        *value += factor * entry;
                    }
                }
            }
        }
    }
}

/// Cubic splines with knots at quantiles of the distinct values.
fn cubic(wanted: &Wanted, x: &[f64]) -> Result<Penalised, String> {
    let cyclic = wanted.kind == Kind::Cyclic;
    let least = if cyclic { 4 } else { 3 };
    let knots = match &wanted.knots {
        Some(knots) => {
            let mut knots = knots.clone();
            knots.sort_by(f64::total_cmp);
            knots
        }
        None => {
            let mut sorted = x.to_vec();
            sorted.sort_by(f64::total_cmp);
            sorted.dedup();
            if sorted.len() < wanted.k {
                return Err(format!(
                    "k={} is more than the {} distinct values",
                    wanted.k,
                    sorted.len()
                ));
            }
            let last = (wanted.k.max(2) - 1) as f64;
            (0..wanted.k)
                .map(|i| quantile(&sorted, i as f64 / last))
                .collect()
        }
    };
    if knots.len() < least {
        return Err(format!(
            "there must be {least} knots or more, not {}",
            knots.len()
        ));
    }
    if knots.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err("knots must be different from each other".to_owned());
    }
    Ok(if cyclic {
        PiecewiseCubic::cyclic(knots)
    } else {
        PiecewiseCubic::natural(knots)
    })
}

/// B-splines with evenly spaced knots, and the squared differences of coefficients.
fn p_splines(wanted: &Wanted, x: &[f64]) -> Result<(Functions, Vec<f64>), String> {
    let k = wanted.k;
    if k <= wanted.order {
        return Err(format!(
            "k={k} must be more than the order {}",
            wanted.order
        ));
    }
    let splines = evenly_spaced(wanted, x)?;
    let functions = Functions::Splines(splines, identity(k), k);
    Ok((functions, differences(k, wanted.order)))
}

/// B-splines with evenly spaced knots over the range of the values.
fn evenly_spaced(wanted: &Wanted, x: &[f64]) -> Result<BSpline, String> {
    let least = wanted.degree + 2;
    if wanted.k < least {
        return Err(format!(
            "k={} is too small for the degree {}: it must be at least {least}",
            wanted.k, wanted.degree
        ));
    }
    let low = x.iter().copied().fold(f64::INFINITY, f64::min);
    let high = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if low.is_nan() || low >= high {
        return Err("all values are the same".to_owned());
    }
    Ok(BSpline::evenly_spaced(wanted.k, wanted.degree, (low, high)))
}

/// The sum of squares of the differences of some order of `k` coefficients.
fn differences(k: usize, order: usize) -> Vec<f64> {
    let mut differences = identity(k);
    let mut rows = k;
    for _ in 0..order {
        rows -= 1;
        differences = (0..rows * k)
            .map(|at| differences[at + k] - differences[at])
            .collect();
    }
    product(&transposed(&differences, k), &differences, rows, k)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(kind: Kind, k: usize) -> Wanted {
        Wanted {
            kind,
            k,
            knots: None,
            degree: 3,
            order: 2,
            fixed: false,
            lambda: None,
        }
    }

    #[test]
    fn columns_add_up_to_zero_and_lines_are_free() {
        let x: Vec<f64> = (0..60).map(|i| f64::from(i).powf(1.3) + 3.0).collect();
        for kind in [Kind::ThinPlate, Kind::Cubic, Kind::PSpline] {
            let smooth = Smooth::learn(&wanted(kind, 8), &[&x]).unwrap();
            assert_eq!(smooth.width(), 7);
            let columns = smooth.columns(&[&x]);
            for column in &columns {
                let size: f64 = column.iter().map(|x| x.abs()).sum();
                assert!(column.iter().sum::<f64>().abs() < 1e-10 * size);
            }
            let (values, _) = symmetric_eigen(smooth.penalty().unwrap(), 7);
            assert!(values[6].abs() < 1e-12 * values[0], "{kind:?} {values:?}");
            assert!(values[5] > 1e-9 * values[0], "{kind:?} {values:?}");
        }
    }

    #[test]
    fn plates_in_two_dimensions_hold_planes() {
        let x: Vec<f64> = (0..80).map(|i| f64::from(i % 9)).collect();
        let z: Vec<f64> = (0..80).map(|i| f64::from(i / 9).sqrt()).collect();
        let smooth = Smooth::learn(&wanted(Kind::ThinPlate, 20), &[&x, &z]).unwrap();
        let (values, _) = symmetric_eigen(smooth.penalty().unwrap(), 19);
        assert!(
            values[17].abs() < 1e-12 * values[0] && values[16] > 1e-9 * values[0],
            "{values:?}"
        );
    }

    #[test]
    fn more_functions_than_values_are_refused() {
        let x = [1.0, 2.0, 3.0, 4.0, 4.0];
        for kind in [Kind::ThinPlate, Kind::Cubic] {
            assert!(Smooth::learn(&wanted(kind, 5), &[&x]).is_err());
        }
    }
}
