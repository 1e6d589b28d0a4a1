//! Universal functions: elementwise operations as rows of one table.
//!
//! A [`Ufunc`] is a name, its loops by dtype, and what is known about it (identity, order of reduction). Calls, reductions,
//! accumulations and the rest are derived from that, in one place each.

mod accumulate;
mod at;
mod build;
mod call;
mod common;
mod conditions;
mod flagless;
mod input;
mod kernels;
mod reduce;
mod reduceat;
mod resolve;
pub mod rows;

use std::sync::LazyLock;

use rustsci_buffer::Kernel;
use smallvec::SmallVec;

pub use call::Outputs;
pub(crate) use common::{common_dtype, known};
pub use input::{Input, Options, Signature, from_complex, integer, integer_range, rounded};
pub use reduce::{Initial, Reduction};

use crate::{Array, DType, Result, Scalar};

/// What a reduction over no elements gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Identity {
    /// There is none.
    None,
    /// Zero.
    Zero,
    /// One.
    One,
    /// All bits set.
    MinusOne,
    /// Negative infinity.
    NegativeInfinity,
}

/// In which order a reduction may combine elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reorder {
    /// Only from first to last, along one axis.
    Sequential,
    /// Any order, any number of axes.
    Free,
    /// As [`Reorder::Free`], and floating-point sums are added pairwise to keep rounding errors small.
    Pairwise,
}

/// The implementation for one combination of dtypes.
pub struct Loop {
    /// Types of the inputs.
    pub inputs: SmallVec<[DType; 3]>,
    /// Types of the outputs.
    pub outputs: SmallVec<[DType; 2]>,
    kernel: Box<Kernel<'static>>,
    /// Folds a block into accumulators (see [`rustsci_buffer::Fold`]); for loops closed under one type.
    fold: Option<Box<Kernel<'static>>>,
    /// Whether the fold may update the first input in place.
    in_place: bool,
    /// A check of the operands before this runs.
    guard: Option<Guard>,
    /// Running results of a block: inputs are the elements and the result so far.
    scan: Option<Box<Kernel<'static>>>,
}

/// A check of operands.
type Guard = fn(&[Array]) -> Result<()>;

/// An elementwise operation.
pub struct Ufunc {
    /// NumPy's name.
    pub name: &'static str,
    /// Number of inputs.
    pub nin: usize,
    /// Number of outputs.
    pub nout: usize,
    /// What it computes, in a sentence or two.
    pub doc: &'static str,
    /// What its reduction over nothing gives.
    pub identity: Identity,
    /// In which order its reduction may go.
    pub reorder: Reorder,
    /// Its implementations, in the order in which they are tried.
    pub loops: Vec<Loop>,
    /// Whether floating-point conditions are reported.
    reports: bool,
    /// Whether this compares, so that Python integers of any size can be operands.
    compares: bool,
    /// Whether truth values are refused rather than taken for numbers.
    refuses_bool: bool,
    /// The loop whose inputs all have one type, by that type.
    same_type: [Option<u8>; DType::ALL.len()],
}

impl Ufunc {
    /// The loops' types as NumPy writes them: `"dd->d"`.
    pub fn types(&self) -> Vec<String> {
        let text = |types: &[DType]| types.iter().map(DType::char).collect::<String>();
        self.loops
            .iter()
            .map(|row| format!("{}->{}", text(&row.inputs), text(&row.outputs)))
            .collect()
    }

    /// The loop whose inputs all have the given type.
    #[inline]
    fn loop_of(&self, dtype: &DType) -> Option<&Loop> {
        self.same_type[dtype.index()].map(|place| &self.loops[usize::from(place)])
    }

    /// The identity as a value of a dtype.
    pub fn identity_as(&self, dtype: &DType) -> Option<Scalar> {
        match self.identity {
            Identity::None => None,
            Identity::Zero => Some(Scalar::zero(dtype)),
            Identity::One => Some(Scalar::one(dtype)),
            Identity::MinusOne => Some(Scalar::Int64(-1).cast(dtype)),
            Identity::NegativeInfinity => Some(Scalar::Float64(f64::NEG_INFINITY).cast(dtype)),
        }
    }
}

static TABLE: LazyLock<Vec<Ufunc>> = LazyLock::new(rows::all);

/// All ufuncs.
pub fn all() -> &'static [Ufunc] {
    &TABLE
}

/// The ufunc with a name.
pub fn get(name: &str) -> Option<&'static Ufunc> {
    TABLE.iter().find(|ufunc| ufunc.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Order;

    fn array<T: crate::dtype::Number>(shape: &[usize], elements: &[T]) -> Array {
        Array::from_shape(shape, elements).unwrap()
    }

    fn call(name: &str, inputs: &[Input<'_>]) -> Array {
        get(name)
            .unwrap()
            .call(inputs, &Options::default())
            .unwrap()
            .swap_remove(0)
    }

    #[test]
    fn operands_are_promoted_and_broadcast() {
        let a = array(&[2, 1], &[1_i16, 2]);
        let b = array(&[3], &[0.5_f32, 1.5, 2.5]);
        let sum = call("add", &[Input::Array(&a), Input::Array(&b)]);
        assert_eq!((sum.dtype(), sum.shape()), (&DType::Float32, &[2, 3][..]));
        assert_eq!(sum.to_vec::<f32>().unwrap(), [1.5, 2.5, 3.5, 2.5, 3.5, 4.5]);
    }

    #[test]
    fn python_numbers_take_the_array_type() {
        let a = array(&[2], &[1_u8, 2]);
        assert_eq!(
            call("add", &[Input::Array(&a), Input::Int(3)]).dtype(),
            &DType::UInt8
        );
        assert_eq!(
            call("add", &[Input::Array(&a), Input::Float(0.5)]).dtype(),
            &DType::Float64
        );
        let error = get("add")
            .unwrap()
            .call(&[Input::Array(&a), Input::Int(300)], &Options::default());
        assert_eq!(
            error.unwrap_err().to_string(),
            "Python integer 300 out of bounds for uint8"
        );
        let less = call("less", &[Input::Array(&a), Input::Int(300)]);
        assert!(less.item(0).truth() && less.item(1).truth());
    }

    #[test]
    fn results_may_overlap_inputs() {
        let a = array(&[5], &[1_i64, 2, 3, 4, 5]);
        let (tail, head) = (
            a.with_layout(a.layout().sliced(0, 1, 1, 4)),
            a.with_layout(a.layout().sliced(0, 0, 1, 4)),
        );
        let options = Options {
            out: [Some(&tail), None],
            ..Options::default()
        };
        get("add")
            .unwrap()
            .call(&[Input::Array(&tail), Input::Array(&head)], &options)
            .unwrap();
        assert_eq!(a.to_vec::<i64>().unwrap(), [1, 3, 5, 7, 9]);
    }

    #[test]
    fn views_are_updated_in_place() {
        let a = array(&[6], &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        let odd = a.with_layout(a.layout().sliced(0, 1, 2, 3));
        let grid = a.reshaped(&[2, 3], Order::C).unwrap();
        let row = array(&[3], &[10.0, 20.0, 30.0]);
        for (target, other) in [
            (&odd, &row),
            (&grid, &row),
            (
                &grid.transposed(),
                &row.reshaped(&[3, 1], Order::C).unwrap(),
            ),
        ] {
            let options = Options {
                out: [Some(target), None],
                ..Options::default()
            };
            let inputs = [Input::Array(target), Input::Array(other)];
            get("add").unwrap().call(&inputs, &options).unwrap();
        }
        assert_eq!(
            a.to_vec::<f64>().unwrap(),
            [20.0, 51.0, 62.0, 43.0, 44.0, 95.0]
        );
    }

    #[test]
    fn reductions_go_along_any_axes() {
        let a = array(&[2, 3, 4], &(0..24).map(f64::from).collect::<Vec<_>>());
        let add = get("add").unwrap();
        let sum = |axes: &[isize]| {
            let reduction = Reduction {
                axes: Some(axes.into()),
                ..Reduction::default()
            };
            add.reduce(&a, &reduction).unwrap().to_vec::<f64>().unwrap()
        };
        assert_eq!(sum(&[0, 1, 2]), [276.0]);
        assert_eq!(
            sum(&[0]),
            (0..12).map(|i| f64::from(2 * i + 12)).collect::<Vec<_>>()
        );
        assert_eq!(sum(&[2]), [6.0, 22.0, 38.0, 54.0, 70.0, 86.0]);
        assert_eq!(sum(&[0, 2]), [60.0, 92.0, 124.0]);
        assert_eq!(
            add.reduce_small(&a).unwrap().unwrap(),
            Scalar::Float64(276.0)
        );
        let largest = get("maximum")
            .unwrap()
            .reduce(&a.transposed(), &Reduction::default())
            .unwrap();
        assert_eq!(largest.item(0), Scalar::Float64(23.0));
    }

    #[test]
    fn large_reductions_give_the_same_bits_for_any_number_of_threads() {
        let numbers: Vec<f64> = (0..700_001)
            .map(|i| (f64::from(i) * 0.7).sin() * 1e3)
            .collect();
        let a = array(&[numbers.len()], &numbers);
        let strided = a.with_layout(a.layout().sliced(0, 0, 2, 350_000));
        let sum = |a: &Array, threads: usize| {
            let threads = std::num::NonZeroUsize::new(threads).unwrap();
            rustsci_par::with_threads(threads, || {
                get("add")
                    .unwrap()
                    .reduce(a, &Reduction::default())
                    .unwrap()
                    .item(0)
            })
        };
        assert_eq!(sum(&a, 1), sum(&a, 4));
        assert_eq!(sum(&strided, 1), sum(&strided, 3));
    }

    #[test]
    fn partial_results_along_an_axis() {
        let a = array(&[2, 3], &[1_i64, 2, 3, 4, 5, 6]);
        let add = get("add").unwrap();
        assert_eq!(
            add.accumulate(&a, 1, None, None)
                .unwrap()
                .to_vec::<i64>()
                .unwrap(),
            [1, 3, 6, 4, 9, 15]
        );
        assert_eq!(
            add.accumulate(&a, 0, None, None)
                .unwrap()
                .to_vec::<i64>()
                .unwrap(),
            [1, 2, 3, 5, 7, 9]
        );
        assert_eq!(
            add.reduceat(&a, &[0, 2, 1], 1, None, None)
                .unwrap()
                .to_vec::<i64>()
                .unwrap(),
            [3, 3, 5, 9, 6, 11]
        );
    }

    #[test]
    fn repeated_indices_count_every_time() {
        let a = Array::zeros(&[3], &DType::Int64, Order::C).unwrap();
        let index = array(&[4], &[0_i64, 2, 2, -1]);
        get("add")
            .unwrap()
            .at(
                &a,
                &[crate::indexing::Index::Array(index)],
                Some(&Input::Int(1)),
            )
            .unwrap();
        assert_eq!(a.to_vec::<i64>().unwrap(), [1, 0, 3]);
    }

    #[test]
    fn a_mask_keeps_conditions_away() {
        let (a, b) = (array(&[2], &[1.0, 1.0]), array(&[2], &[0.0, 2.0]));
        let mask = array(&[2], &[crate::dtype::Bool::FALSE, crate::dtype::Bool::TRUE]);
        let out = array(&[2], &[7.0, 7.0]);
        let options = Options {
            mask: Some(&mask),
            out: [Some(&out), None],
            ..Options::default()
        };
        crate::exec::take_reported();
        get("divide")
            .unwrap()
            .call(&[Input::Array(&a), Input::Array(&b)], &options)
            .unwrap();
        assert_eq!(out.to_vec::<f64>().unwrap(), [7.0, 0.5]);
        assert!(crate::exec::take_reported().is_none());
        get("divide")
            .unwrap()
            .call(&[Input::Array(&a), Input::Array(&b)], &Options::default())
            .unwrap();
        assert_eq!(
            crate::exec::take_reported().unwrap(),
            (crate::Status::DIVIDE, "divide")
        );
    }
}
