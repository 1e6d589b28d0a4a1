//! Describing a ufunc: its loops are plain functions of single values.

use rustsci_buffer::{Block, f16};
use smallvec::{SmallVec, smallvec};

use super::conditions::{Witness, witnessed};
use super::rows::{half2, narrow};
use super::{Guard, Identity, Loop, Reorder, Ufunc, kernels};
use crate::DType;
use crate::dtype::Number;
use crate::math::vector::{Elementary, ElementaryOfTwo, of_all, of_pair, of_pairs};

impl Ufunc {
    /// A ufunc without loops; they are tried in the order in which they are added.
    pub fn new(name: &'static str, nin: usize, nout: usize, doc: &'static str) -> Self {
        Self {
            name,
            nin,
            nout,
            doc,
            identity: Identity::None,
            reorder: Reorder::Sequential,
            loops: Vec::new(),
            reports: true,
            compares: false,
            refuses_bool: false,
            same_type: [None; DType::ALL.len()],
        }
    }

    /// What a reduction over nothing gives, and that reductions may go in any order.
    #[must_use]
    pub fn identity(mut self, identity: Identity) -> Self {
        self.identity = identity;
        self.reorder(Reorder::Free)
    }

    /// In which order reductions may go.
    #[must_use]
    pub fn reorder(mut self, reorder: Reorder) -> Self {
        self.reorder = reorder;
        self
    }

    /// Floating-point conditions that the loops leave are not reported.
    #[must_use]
    pub fn silent(mut self) -> Self {
        self.reports = false;
        self
    }

    /// This compares: Python integers of any size can be operands. Conditions are not reported.
    #[must_use]
    pub fn comparison(mut self) -> Self {
        self.compares = true;
        self.silent()
    }

    /// Truth values are refused: there is another operation for them.
    #[must_use]
    pub fn not_for_bool(mut self) -> Self {
        self.refuses_bool = true;
        self
    }

    /// A check of the operands before one of some loops runs, of those that are there so far.
    #[must_use]
    pub fn guarded(mut self, which: fn(&Loop) -> bool, guard: Guard) -> Self {
        for row in self.loops.iter_mut().filter(|row| which(row)) {
            row.guard = Some(guard);
        }
        self
    }

    fn row(
        mut self,
        inputs: SmallVec<[DType; 3]>,
        outputs: SmallVec<[DType; 2]>,
        kernel: impl Fn(&mut Block<'_>) + Send + Sync + 'static,
    ) -> Self {
        debug_assert!(
            inputs.len() == self.nin && outputs.len() == self.nout,
            "{}: a loop of another shape",
            self.name
        );
        if inputs.iter().all(|dtype| *dtype == inputs[0]) {
            self.same_type[inputs[0].index()].get_or_insert(self.loops.len() as u8);
        }
        self.loops.push(Loop {
            inputs,
            outputs,
            kernel: Box::new(kernel),
            fold: None,
            scan: None,
            in_place: true,
            guard: None,
        });
        self
    }

    /// A loop `A -> C`.
    #[must_use]
    pub fn unary<A: Number, C: Number>(
        self,
        f: impl Fn(A) -> C + Copy + Send + Sync + 'static,
    ) -> Self {
        self.row(smallvec![A::DTYPE], smallvec![C::DTYPE], move |block| {
            kernels::unary(block, f)
        })
    }

    /// A loop `T -> T` of an elementary function.
    #[must_use]
    pub(super) fn elementary<T: Number, F: Elementary<T> + 'static>(self) -> Self {
        let dtypes = (smallvec![T::DTYPE], smallvec![T::DTYPE]);
        self.row(dtypes.0, dtypes.1, move |block| {
            let (x, out) = block.unary::<T, T>();
            match *x {
                [_] if out.len() > 1 => {
                    let (first, others) = out.split_at_mut(1);
                    of_all::<T, F>(x, first);
                    others.fill(first[0]);
                }
                _ => of_all::<T, F>(x, out),
            }
        })
    }

    /// A loop `T, T -> T` of an elementary function, which can reduce and accumulate too.
    #[must_use]
    pub(super) fn elementary_of_two<T: Number, F: ElementaryOfTwo<T> + 'static>(self) -> Self {
        let mut ufunc = self.closed(of_pair::<T, F>);
        if let Some(row) = ufunc.loops.last_mut() {
            row.kernel = Box::new(|block: &mut Block<'_>| {
                let (x, y, out) = block.binary::<T, T, T>();
                of_pairs::<T, F>(x, y, out);
            });
        }
        ufunc
    }

    /// A loop `A, B -> C`.
    #[must_use]
    pub fn binary<A: Number, B: Number, C: Number>(
        self,
        f: impl Fn(A, B) -> C + Copy + Send + Sync + 'static,
    ) -> Self {
        self.row(
            smallvec![A::DTYPE, B::DTYPE],
            smallvec![C::DTYPE],
            move |block| kernels::binary(block, f),
        )
    }

    /// A loop `A -> bool`.
    #[must_use]
    pub fn property<A: Number>(self, f: impl Fn(A) -> bool + Copy + Send + Sync + 'static) -> Self {
        self.row(smallvec![A::DTYPE], smallvec![DType::Bool], move |block| {
            kernels::property(block, f)
        })
    }

    /// A loop `A, B -> bool`.
    #[must_use]
    pub fn predicate<A: Number, B: Number>(
        self,
        f: impl Fn(A, B) -> bool + Copy + Send + Sync + 'static,
    ) -> Self {
        let inputs = smallvec![A::DTYPE, B::DTYPE];
        self.row(inputs, smallvec![DType::Bool], move |block| {
            kernels::predicate(block, f)
        })
    }

    /// A loop `T, T -> T`, which can reduce and accumulate too. State the order of reduction before it.
    #[must_use]
    pub fn closed<T: Number>(self, f: impl Fn(T, T) -> T + Copy + Send + Sync + 'static) -> Self {
        let reorder = self.reorder;
        let mut ufunc = self.binary(f);
        if let Some(row) = ufunc.loops.last_mut() {
            row.fold = Some(Box::new(move |block: &mut Block<'_>| {
                kernels::fold(block, reorder, f)
            }));
            row.scan = Some(Box::new(move |block: &mut Block<'_>| {
                kernels::scan(block, f)
            }));
        }
        ufunc
    }

    /// As [`Ufunc::closed`], for operands whose values tell which conditions were met.
    #[must_use]
    pub(super) fn closed_witnessed<T: Number>(
        self,
        f: impl Fn(T, T) -> T + Copy + Send + Sync + 'static,
        witness: Witness<T>,
    ) -> Self {
        let mut ufunc = self.closed(f);
        if let Some(row) = ufunc.loops.last_mut() {
            row.kernel = Box::new(move |block: &mut Block<'_>| witnessed(block, f, witness));
            row.in_place = false;
        }
        ufunc
    }

    /// As [`Ufunc::closed`], for half-precision numbers: a slice is folded in single precision, and rounded once.
    #[must_use]
    pub(super) fn closed_half(
        self,
        f: impl Fn(f32, f32) -> f32 + Copy + Send + Sync + 'static,
    ) -> Self {
        let reorder = self.reorder;
        self.closed_with(half2(f), move |start: f16, x: &[f16]| {
            let x: Vec<f32> = x.iter().map(|x| x.to_f32()).collect();
            narrow(match reorder {
                Reorder::Pairwise => f(start.to_f32(), kernels::pairwise(&x, f)),
                _ => x.iter().fold(start.to_f32(), |sum, &x| f(sum, x)),
            })
        })
    }

    /// As [`Ufunc::closed`], with a quicker way to fold a whole slice into a value.
    #[must_use]
    pub fn closed_with<T: Number>(
        self,
        f: impl Fn(T, T) -> T + Copy + Send + Sync + 'static,
        fold: impl Fn(T, &[T]) -> T + Copy + Send + Sync + 'static,
    ) -> Self {
        let mut ufunc = self.closed(f);
        if let Some(row) = ufunc.loops.last_mut() {
            row.fold = Some(Box::new(move |block: &mut Block<'_>| {
                kernels::fold_by(block, f, fold);
            }));
        }
        ufunc
    }

    /// A loop `A, B, C -> D`.
    #[must_use]
    pub fn ternary<A: Number, B: Number, C: Number, D: Number>(
        self,
        f: impl Fn(A, B, C) -> D + Copy + Send + Sync + 'static,
    ) -> Self {
        let inputs = smallvec![A::DTYPE, B::DTYPE, C::DTYPE];
        self.row(inputs, smallvec![D::DTYPE], move |block| {
            kernels::ternary(block, f)
        })
    }

    /// A loop `A -> C, D`.
    #[must_use]
    pub fn unary_pair<A: Number, C: Number, D: Number>(
        self,
        f: impl Fn(A) -> (C, D) + Copy + Send + Sync + 'static,
    ) -> Self {
        let outputs = smallvec![C::DTYPE, D::DTYPE];
        self.row(smallvec![A::DTYPE], outputs, move |block| {
            kernels::unary_pair(block, f)
        })
    }

    /// A loop `A, B -> C, D`.
    #[must_use]
    pub fn binary_pair<A: Number, B: Number, C: Number, D: Number>(
        self,
        f: impl Fn(A, B) -> (C, D) + Copy + Send + Sync + 'static,
    ) -> Self {
        let (inputs, outputs) = (smallvec![A::DTYPE, B::DTYPE], smallvec![C::DTYPE, D::DTYPE]);
        self.row(inputs, outputs, move |block| kernels::binary_pair(block, f))
    }
}
