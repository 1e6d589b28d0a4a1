//! Floating-point conditions by what operands and results say, for processors that keep no flags (WebAssembly).
//!
//! A NaN out of numbers is an invalid operation (IEEE 754-2019, section 7.2). An infinity out of finite numbers is a
//! division by zero where an operand is at a pole (7.3), and an overflow elsewhere (7.4). Underflow leaves no trace.

use rustsci_buffer::fpstatus::raise;
use rustsci_buffer::{Block, Complex, Kernel};
use smallvec::SmallVec;

use super::{Loop, Ufunc};
use crate::dtype::Cast;
use crate::{DType, Status};

impl Ufunc {
    /// The same, with loops that raise by hand what no flag tells of.
    pub(super) fn without_flags(mut self) -> Self {
        if self.reports {
            self.loops = self.loops.into_iter().map(Loop::without_flags).collect();
        }
        self
    }
}

impl Loop {
    fn without_flags(self) -> Self {
        if !self.outputs.iter().any(DType::is_inexact) {
            return self;
        }
        let (inputs, outputs) = (self.inputs.clone(), self.outputs.clone());
        let kernel = self.kernel;
        let elementwise = move |block: &mut Block<'_>| {
            kernel(block);
            if !outputs
                .iter()
                .enumerate()
                .all(|(i, dtype)| result(block, i, dtype).is_finite())
            {
                raise(by_elements(block, &inputs, &outputs));
            }
        };
        let dtype = &self.outputs[0];
        Self {
            kernel: Box::new(elementwise),
            fold: self.fold.map(|fold| {
                // What has been folded so far is an operand, too.
                whole(fold, dtype, |block, dtype| {
                    result(block, 0, dtype).and(operand(block, 0, dtype))
                })
            }),
            scan: self.scan.map(|scan| {
                whole(scan, dtype, |block, dtype| {
                    operand(block, 0, dtype).and(operand(block, 1, dtype))
                })
            }),
            // Both an operand and a result are looked at afterwards.
            in_place: false,
            guard: self.guard,
            inputs: self.inputs,
            outputs: self.outputs,
        }
    }
}

/// A kernel that raises what its results tell of, all operands taken together.
fn whole(
    kernel: Box<Kernel<'static>>,
    dtype: &DType,
    operands: fn(&Block<'_>, &DType) -> Found,
) -> Box<Kernel<'static>> {
    let dtype = dtype.clone();
    Box::new(move |block: &mut Block<'_>| {
        let before = operands(block, &dtype);
        kernel(block);
        raise(told_by(before, result(block, 0, &dtype)));
    })
}

/// What there is among numbers, as far as conditions depend on it.
#[derive(Clone, Copy, Default)]
struct Found {
    nan: bool,
    infinity: bool,
    zero: bool,
    one: bool,
}

impl Found {
    fn of(z: Complex<f64>) -> Self {
        Self {
            nan: z.re.is_nan() || z.im.is_nan(),
            infinity: z.re.is_infinite() || z.im.is_infinite(),
            zero: z.re == 0.0 && z.im == 0.0,
            one: z.re.abs() == 1.0 && z.im == 0.0,
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            nan: self.nan || other.nan,
            infinity: self.infinity || other.infinity,
            zero: self.zero || other.zero,
            one: self.one || other.one,
        }
    }

    fn is_finite(self) -> bool {
        !self.nan && !self.infinity
    }
}

/// The conditions that results tell of, of operands without a pole.
fn told_by(operands: Found, results: Found) -> Status {
    let mut status = Status::NONE;
    if results.nan && !operands.nan {
        status = Status::INVALID;
    }
    if results.infinity && operands.is_finite() {
        status = status.union(Status::OVER);
    }
    status
}

/// The conditions of one element, of which operands may be at a pole.
fn of_element(operands: &[Found], results: Found) -> Status {
    let all = operands.iter().copied().fold(Found::default(), Found::and);
    let told = told_by(all, results);
    // Quotients and powers have a pole at zero; log, log1p and arctanh one there or at a one.
    let at_pole = all.zero || (all.one && operands.len() == 1);
    if at_pole && told.contains(Status::OVER) {
        Status::from_bits(told.bits() & !Status::OVER.bits()).union(Status::DIVIDE)
    } else {
        told
    }
}

#[cold]
fn by_elements(block: &Block<'_>, inputs: &[DType], outputs: &[DType]) -> Status {
    let mut status = Status::NONE;
    for i in 0..block.len() {
        let operands: SmallVec<[Found; 3]> = inputs
            .iter()
            .enumerate()
            .map(|(lane, dtype)| one_operand(block, lane, dtype, i))
            .collect();
        let results = outputs
            .iter()
            .enumerate()
            .map(|(lane, dtype)| one_result(block, lane, dtype, i))
            .fold(Found::default(), Found::and);
        status = status.union(of_element(&operands, results));
    }
    status
}

fn one_operand(block: &Block<'_>, lane: usize, dtype: &DType, i: usize) -> Found {
    dispatch!(dtype, T => {
        let x = block.operand::<T>(lane);
        Found::of(x[i.min(x.len() - 1)].cast())
    })
}

fn one_result(block: &Block<'_>, lane: usize, dtype: &DType, i: usize) -> Found {
    dispatch!(dtype, T => Found::of(block.result::<T>(lane)[i].cast()))
}

/// What there is among all elements of an operand.
fn operand(block: &Block<'_>, lane: usize, dtype: &DType) -> Found {
    dispatch!(dtype, T => among(block.operand::<T>(lane)))
}

/// What there is among all elements of a result.
fn result(block: &Block<'_>, lane: usize, dtype: &DType) -> Found {
    dispatch!(dtype, T => among(block.result::<T>(lane)))
}

fn among<T: Cast<Complex<f64>> + Copy>(x: &[T]) -> Found {
    x.iter()
        .map(|&x| Found::of(x.cast()))
        .fold(Found::default(), Found::and)
}

#[cfg(all(test, any(target_arch = "x86_64", target_arch = "aarch64")))]
mod tests {
    use rustsci_buffer::fpstatus::{clear, take};
    use rustsci_buffer::{Value, call_once};

    use super::super::rows;
    use super::*;
    use crate::dtype::Number;

    const VALUES: [f64; 14] = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        -2.5,
        3.0,
        1e300,
        -1e300,
        f64::MAX,
        1e-300,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
    ];

    /// What overflows in these on the way to a number, or beside an infinity, cannot be seen in the end.
    const TOLD_LESS: [&str; 4] = ["floor_divide", "nextafter", "logaddexp", "logaddexp2"];

    #[test]
    fn elements_tell_what_the_flags_tell() {
        let mut differing = Vec::new();
        for ufunc in rows::all() {
            for row in &ufunc.loops {
                let real = row
                    .inputs
                    .iter()
                    .chain(&row.outputs)
                    .all(|dtype| *dtype == f64::DTYPE);
                // The spacing at an infinity is a NaN that no processor tells of.
                let told = ufunc.reports && ufunc.name != "spacing";
                if !told || !real || row.outputs.len() > 1 || row.inputs.len() > 2 {
                    continue;
                }
                let seconds = if row.inputs.len() == 2 {
                    &VALUES[..]
                } else {
                    &VALUES[..1]
                };
                for (a, b) in VALUES
                    .iter()
                    .flat_map(|&a| seconds.iter().map(move |&b| (a, b)))
                {
                    let operands = [a, b].map(|x| (Value::new(x), f64::DTYPE.kind()));
                    let operands = &operands[..row.inputs.len()];
                    clear();
                    let result = call_once(&*row.kernel, operands, row.outputs[0].kind());
                    // Of underflow, nothing else tells.
                    let flags = take().bits() & !Status::UNDER.bits();
                    clear();
                    let found: Vec<_> = operands
                        .iter()
                        .map(|(x, _)| Found::of(x.get::<f64>().cast()))
                        .collect();
                    let told = of_element(&found, Found::of(result.get::<f64>().cast())).bits();
                    let less = told & !flags == 0 && TOLD_LESS.contains(&ufunc.name);
                    if told != flags && !less {
                        differing
                            .push(format!("{}({a:e}, {b:e}): {told}, not {flags}", ufunc.name));
                    }
                }
            }
        }
        assert!(differing.is_empty(), "{}\n{differing:#?}", differing.len());
    }
}
