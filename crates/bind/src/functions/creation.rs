//! New arrays.

use rustsci_array::array::{CopyOrder, arange_length};
use rustsci_array::dtype::{Complex, promote};
use rustsci_array::ufunc::{self, Options, integer};
use rustsci_array::warning::warn_discarded;
use rustsci_array::{Array, DType, Error, Order, Result, Scalar};

use crate::convert::{Device, Like, Operand, Sizes};
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[
    &EMPTY,
    &ZEROS,
    &ONES,
    &FULL,
    &EMPTY_LIKE,
    &ZEROS_LIKE,
    &ONES_LIKE,
    &FULL_LIKE,
    &ARANGE,
];

/// Return a new array of the given shape whose elements are arbitrary.
#[export(
    signature = "(shape, dtype=None, order='C', *, device=None, like=None)",
    dispatch = "like"
)]
fn empty(
    shape: Sizes,
    dtype: Option<DType>,
    order: Option<Order>,
    _device: Device,
    _like: Like,
) -> Result<Array> {
    let (dtype, order) = (dtype.unwrap_or(DType::Float64), order.unwrap_or(Order::C));
    Array::empty(&shape.shape()?, &dtype, order)
}

/// Return a new array of the given shape, filled with zeros.
#[export(
    signature = "(shape, dtype=None, order='C', *, device=None, like=None)",
    dispatch = "like"
)]
fn zeros(
    shape: Sizes,
    dtype: Option<DType>,
    order: Option<Order>,
    _device: Device,
    _like: Like,
) -> Result<Array> {
    let (dtype, order) = (dtype.unwrap_or(DType::Float64), order.unwrap_or(Order::C));
    Array::zeros(&shape.shape()?, &dtype, order)
}

/// Return a new array of the given shape, filled with ones.
#[export(
    signature = "(shape, dtype=None, order='C', *, device=None, like=None)",
    dispatch = "like"
)]
fn ones(
    shape: Sizes,
    dtype: Option<DType>,
    order: Option<Order>,
    _device: Device,
    _like: Like,
) -> Result<Array> {
    let (dtype, order) = (dtype.unwrap_or(DType::Float64), order.unwrap_or(Order::C));
    Array::full(&shape.shape()?, &Scalar::one(&dtype), &dtype, order)
}

/// Return a new array of the given shape, filled with a value.
#[export(
    signature = "(shape, fill_value, dtype=None, order='C', *, device=None, like=None)",
    dispatch = "like"
)]
fn full(
    shape: Sizes,
    fill_value: Operand,
    dtype: Option<DType>,
    order: Option<Order>,
    _device: Device,
    _like: Like,
) -> Result<Array> {
    let dtype = match dtype {
        Some(dtype) => dtype,
        None => Operand::common_dtype(std::slice::from_ref(&fill_value))?,
    };
    let array = Array::empty(&shape.shape()?, &dtype, order.unwrap_or(Order::C))?;
    array.assign(&fill_value.to_array(&dtype)?)?;
    Ok(array)
}

/// A new array that is like another, except in what is given.
fn like(
    prototype: &Array,
    dtype: Option<DType>,
    order: Option<CopyOrder>,
    shape: Option<Sizes>,
) -> Result<Array> {
    let dtype = dtype.unwrap_or_else(|| prototype.dtype().clone());
    let order = order.unwrap_or(CopyOrder::K);
    let Some(shape) = shape else {
        return prototype.empty_like(&dtype, order);
    };
    let shape = shape.shape()?;
    let contiguous = prototype.is_c_contiguous() || prototype.is_f_contiguous();
    if shape.len() == prototype.ndim() && order == CopyOrder::K && !contiguous {
        let strides = prototype.strides();
        let item = dtype.item_size();
        let strides = rustsci_array::array::strides_like(&shape, strides, item);
        let array = Array::empty(&shape, &dtype, Order::C)?;
        let layout = rustsci_buffer::Layout {
            strides,
            ..array.layout().clone()
        };
        return Ok(array.with_layout(layout));
    }
    let order = match order {
        CopyOrder::K if shape.len() != prototype.ndim() => Order::C,
        CopyOrder::K => CopyOrder::A.resolve(prototype).unwrap_or(Order::C),
        order => order.resolve(prototype).unwrap_or(Order::C),
    };
    Array::empty(&shape, &dtype, order)
}

/// Return a new array like another whose elements are arbitrary.
#[export(
    signature = "(prototype, /, dtype=None, order='K', subok=True, shape=None, *, device=None)",
    dispatch = "prototype",
    after = "prototype"
)]
fn empty_like(
    prototype: Array,
    dtype: Option<DType>,
    order: Option<CopyOrder>,
    _subok: bool,
    shape: Option<Sizes>,
    _device: Device,
) -> Result<Array> {
    like(&prototype, dtype, order, shape)
}

/// Return a new array like another, filled with zeros.
#[export(
    signature = "(a, dtype=None, order='K', subok=True, shape=None, *, device=None)",
    dispatch = "a",
    after = "a"
)]
fn zeros_like(
    a: Array,
    dtype: Option<DType>,
    order: Option<CopyOrder>,
    _subok: bool,
    shape: Option<Sizes>,
    _device: Device,
) -> Result<Array> {
    let array = like(&a, dtype, order, shape)?;
    array.fill(&Scalar::zero(array.dtype()))?;
    Ok(array)
}

/// Return a new array like another, filled with ones.
#[export(
    signature = "(a, dtype=None, order='K', subok=True, shape=None, *, device=None)",
    dispatch = "a",
    after = "a"
)]
fn ones_like(
    a: Array,
    dtype: Option<DType>,
    order: Option<CopyOrder>,
    _subok: bool,
    shape: Option<Sizes>,
    _device: Device,
) -> Result<Array> {
    let array = like(&a, dtype, order, shape)?;
    array.fill(&Scalar::one(array.dtype()))?;
    Ok(array)
}

/// Return a new array like another, filled with a value.
#[export(
    signature = "(a, fill_value, dtype=None, order='K', subok=True, shape=None, *, device=None)",
    dispatch = "a",
    after = "a"
)]
fn full_like(
    a: Array,
    fill_value: Operand,
    dtype: Option<DType>,
    order: Option<CopyOrder>,
    _subok: bool,
    shape: Option<Sizes>,
    _device: Device,
) -> Result<Array> {
    let array = like(&a, dtype, order, shape)?;
    // Where there is nothing to fill, numbers are not cast.
    let number = match &fill_value {
        Operand::Float(_) => true,
        Operand::Scalar(value) => value.dtype().is_inexact() && !value.dtype().is_complex(),
        _ => false,
    };
    if array.size() > 0 || !number {
        array.assign(&fill_value.to_array(array.dtype())?)?;
    }
    Ok(array)
}

/// Return evenly spaced numbers within an interval.
#[export(
    signature = "(start_or_stop=None, /, stop=None, step=1, *, dtype=None, device=None, like=None)",
    dispatch = "like"
)]
fn arange(
    first: Option<Operand>,
    second: Option<Operand>,
    step: Option<Operand>,
    dtype: Option<DType>,
    _device: Device,
    _like: Like,
) -> Result<Array> {
    let step = step.unwrap_or(Operand::Int(1));
    let (start, stop) = match (first, second) {
        (Some(start), Some(stop)) => (start, stop),
        (Some(stop), None) => (Operand::Int(0), stop),
        (None, Some(stop)) => (Operand::Int(0), stop),
        (None, None) => {
            return Err(Error::type_("arange() requires stop to be specified."));
        }
    };
    let operands = [start, stop, step];
    for operand in &operands {
        if let Operand::Array(array) = operand
            && array.size() != 1
        {
            return Err(Error::type_("arange() takes single numbers, not arrays"));
        }
    }
    let dtype = match dtype {
        Some(dtype) => dtype,
        None => operands
            .iter()
            .map(|operand| Operand::common_dtype(std::slice::from_ref(operand)))
            .try_fold(DType::Int64, |all, own| own.map(|own| promote(&all, &own)))?,
    };
    if let [Operand::Int(start), Operand::Int(stop), Operand::Int(step)] = operands {
        return integer_range(start, stop, step, &dtype);
    }
    let number = |operand: &Operand| -> Result<Scalar> {
        Ok(match operand {
            Operand::Array(array) => array.item(0),
            Operand::Scalar(value) => *value,
            Operand::Int(value) => Scalar::Float64(*value as f64),
            Operand::Float(value) => Scalar::Float64(*value),
            Operand::Complex(value) => Scalar::Complex128(*value),
        })
    };
    if matches!(operands[0], Operand::Complex(_)) && !dtype.is_complex() && dtype != DType::Bool {
        return Err(Error::type_(
            "arange() of a real dtype must start at a real number, not complex",
        ));
    }
    if operands.iter().any(|operand| {
        matches!(operand, Operand::Array(_) | Operand::Scalar(_)) && !is_truth(operand)
    }) {
        return range_of_scalars(&operands, &dtype);
    }
    let [start, stop, step] = [
        number(&operands[0])?,
        number(&operands[1])?,
        number(&operands[2])?,
    ];
    let count = if [start, stop, step]
        .iter()
        .any(|number| number.dtype().is_complex())
    {
        if step.to_complex() == Complex::default() {
            return Err(Error::zero_division("complex division by zero"));
        }
        if !dtype.is_complex() {
            return Err(Error::type_("must be real number, not complex"));
        }
        let quotient = (stop.to_complex() - start.to_complex()) / step.to_complex();
        // Both parts count steps, and the shorter way ends the range.
        let shorter = if quotient.re.is_nan() || quotient.re < quotient.im {
            quotient.re
        } else {
            quotient.im
        };
        arange_length(0.0, shorter, 1.0)?
    } else {
        arange_length(start.to(), stop.to(), step.to())?
    };
    check_range_of_truth(&dtype, count)?;
    let next = Scalar::Complex128(start.to_complex() + step.to_complex());
    Array::arange(&start.cast(&dtype), &next.cast(&dtype), count, &dtype)
}

/// Whether an operand is a truth value, which counts as zero or one.
fn is_truth(operand: &Operand) -> bool {
    matches!(operand, Operand::Scalar(Scalar::Bool(_)))
}

/// A range of which some numbers have dtypes, and are computed with as those are.
fn range_of_scalars(operands: &[Operand; 3], dtype: &DType) -> Result<Array> {
    let number = |operand: &Operand| match operand {
        Operand::Scalar(Scalar::Bool(truth)) => Operand::Int(truth.get().into()),
        Operand::Array(array) => Operand::Scalar(array.item(0)),
        other => other.clone(),
    };
    let [start, stop, step] = operands.each_ref().map(number);
    let is_python = |operand: &Operand| !matches!(operand, Operand::Array(_) | Operand::Scalar(_));
    let apply = |name: &str, a: &Operand, b: &Operand| -> Result<Scalar> {
        let ufunc = ufunc::get(name).ok_or_else(|| Error::runtime(format!("no ufunc {name}")))?;
        let result = ufunc.call_one(&[a.input(), b.input()], &Options::default())?;
        Ok(result.get(&[]))
    };
    let difference = match apply("subtract", &stop, &start)? {
        // What two Python numbers make is a Python number.
        Scalar::Int64(value) if is_python(&stop) && is_python(&start) => Operand::Int(value.into()),
        Scalar::Float64(value) if is_python(&stop) && is_python(&start) => Operand::Float(value),
        Scalar::Complex128(value) if is_python(&stop) && is_python(&start) => {
            Operand::Complex(value)
        }
        value => Operand::Scalar(value),
    };
    let steps = apply("divide", &difference, &step)?;
    let length = match steps {
        Scalar::Complex128(steps) if dtype.is_complex() => {
            for part in [steps.re, steps.im] {
                arange_length(0.0, part, 1.0)?;
            }
            steps.re.min(steps.im)
        }
        Scalar::Complex64(_) | Scalar::Complex128(_) => {
            warn_discarded();
            steps.to_complex().re
        }
        real => real.to(),
    };
    let count = arange_length(0.0, length, 1.0)?;
    check_range_of_truth(dtype, count)?;
    let first = start.to_array(dtype)?.item(0);
    let next = apply("add", &start, &step)?.cast(dtype);
    Array::arange(&first, &next, count, dtype)
}

/// Refuses a range of more truth values than there are.
fn check_range_of_truth(dtype: &DType, count: usize) -> Result<()> {
    if *dtype == DType::Bool && count > 2 {
        return Err(Error::type_(
            "arange() is only supported for booleans when the result has at most length 2.",
        ));
    }
    Ok(())
}

/// A range of whole numbers, counted without rounding.
fn integer_range(start: i128, stop: i128, step: i128, dtype: &DType) -> Result<Array> {
    if step == 0 {
        return Err(Error::zero_division("division by zero"));
    }
    let span = if step > 0 { stop - start } else { start - stop };
    let count = if span <= 0 {
        0
    } else {
        (span - 1) / step.abs() + 1
    };
    let count = usize::try_from(count)
        .ok()
        .filter(|&count| isize::try_from(count).is_ok())
        .ok_or_else(|| Error::value("Maximum allowed size exceeded"))?;
    check_range_of_truth(dtype, count)?;
    let first = if count > 0 {
        integer(start, dtype)?
    } else {
        Scalar::zero(dtype)
    };
    let next = if count > 1 {
        integer(start + step, dtype)?
    } else {
        first
    };
    Array::arange(&first, &next, count, dtype)
}
