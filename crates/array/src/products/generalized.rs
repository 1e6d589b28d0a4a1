//! Generalized ufuncs: operations on the last axes of their operands, broadcast over the others.

use super::matmul::{SIGNATURE, matmul};
use crate::ufunc::{self, Input, Options, Reduction};
use crate::{Array, Error, Result};

/// A generalized ufunc of two inputs.
pub struct Generalized {
    /// NumPy's name.
    pub name: &'static str,
    /// The axes it works on.
    pub signature: &'static str,
    /// What it computes.
    pub doc: &'static str,
    /// Computes it for arrays of any types.
    pub call: fn(&Array, &Array) -> Result<Array>,
}

static TABLE: [Generalized; 4] = [
    Generalized {
        name: "matmul",
        signature: SIGNATURE,
        doc: "The matrix product of two arrays.",
        call: matmul,
    },
    Generalized {
        name: "vecdot",
        signature: "(n),(n)->()",
        doc: "The dot product along the last axes, the first argument conjugated.",
        call: vecdot,
    },
    Generalized {
        name: "matvec",
        signature: "(m,n),(n)->(m)",
        doc: "The product of matrices and vectors.",
        call: matvec,
    },
    Generalized {
        name: "vecmat",
        signature: "(n),(n,m)->(m)",
        doc: "The product of vectors, conjugated, and matrices.",
        call: vecmat,
    },
];

/// All generalized ufuncs.
pub fn all() -> &'static [Generalized] {
    &TABLE
}

/// The generalized ufunc with a name.
pub fn get(name: &str) -> Option<&'static Generalized> {
    TABLE.iter().find(|row| row.name == name)
}

/// Applies an elementwise operation.
fn apply(name: &str, inputs: &[&Array]) -> Result<Array> {
    let ufunc = ufunc::get(name).ok_or_else(|| Error::runtime(format!("no ufunc {name}")))?;
    let inputs: Vec<Input<'_>> = inputs.iter().map(|array| Input::Array(array)).collect();
    Ok(ufunc.call(&inputs, &Options::default())?.swap_remove(0))
}

/// The conjugate of a complex array; a real one is its own.
fn conjugated(array: &Array) -> Result<Array> {
    if array.dtype().is_complex() {
        apply("conjugate", &[array])
    } else {
        Ok(array.clone())
    }
}

/// Refuses operands with too few axes, or whose shared axis differs.
fn check(name: &str, a: &Array, b: &Array, axes: (usize, usize)) -> Result<()> {
    let signature = get(name).map_or("", |row| row.signature);
    for (i, (operand, needed)) in [(a, axes.0), (b, axes.1)].into_iter().enumerate() {
        if operand.ndim() < needed {
            return Err(Error::value(format!(
                "{name}: Input operand {i} does not have enough dimensions (has {}, gufunc core with signature {signature} \
                 requires {needed})",
                operand.ndim()
            )));
        }
    }
    let (n, m) = (a.shape()[a.ndim() - 1], b.shape()[b.ndim() - axes.1]);
    if n != m {
        return Err(Error::value(format!(
            "{name}: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature {signature} (size {m} is \
             different from {n})"
        )));
    }
    Ok(())
}

fn vecdot(a: &Array, b: &Array) -> Result<Array> {
    check("vecdot", a, b, (1, 1))?;
    let products = apply("multiply", &[&conjugated(a)?, b])?;
    let add = ufunc::get("add").ok_or_else(|| Error::runtime("no ufunc add"))?;
    let dtype = Some(products.dtype().clone());
    add.reduce(
        &products,
        &Reduction {
            axes: Some(smallvec::smallvec![-1]),
            dtype,
            ..Reduction::default()
        },
    )
}

fn matvec(a: &Array, b: &Array) -> Result<Array> {
    check("matvec", a, b, (2, 1))?;
    let product = matmul(a, &b.expanded(&[b.ndim()]))?;
    let last = product.ndim() - 1;
    Ok(product.squeezed(|axis| axis == last))
}

fn vecmat(a: &Array, b: &Array) -> Result<Array> {
    check("vecmat", a, b, (1, 2))?;
    let product = matmul(&conjugated(a)?.expanded(&[a.ndim() - 1]), b)?;
    let row = product.ndim() - 2;
    Ok(product.squeezed(|axis| axis == row))
}
