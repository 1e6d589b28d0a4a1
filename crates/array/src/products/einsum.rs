//! Einstein sums: operands are contracted pair by pair, from left to right, each pair as a product of matrices.

use std::collections::BTreeMap;

use rustsci_buffer::{Layout, Shape, Strides};

use super::matmul;
use crate::array::{agreed_order, empty_in_order, shape_text};
use crate::dtype::promote_all;
use crate::ufunc::{self, Reduction};
use crate::{Array, DType, Error, Order, Result};

/// One axis' label: a letter, or a number of an axis that an ellipsis stands for (counted from the last).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Label {
    Broadcast(usize),
    Letter(char),
}

/// An operand with distinct labels for its axes.
#[derive(Clone)]
struct Term {
    array: Array,
    labels: Vec<Label>,
}

/// The sum of products that `subscripts` describes: `"ij,jk->ik"`.
///
/// Where one operand is only rearranged, the result is a view of it.
///
/// # Errors
/// If the subscripts do not fit the operands.
pub fn einsum(subscripts: &str, operands: &[Array], dtype: Option<&DType>) -> Result<Array> {
    let (inputs, output) = parse(subscripts, operands)?;
    let mut sizes: BTreeMap<Label, usize> = BTreeMap::new();
    let mut terms = Vec::with_capacity(operands.len());
    for (array, labels) in operands.iter().zip(&inputs) {
        terms.push(diagonal(array, labels)?);
    }
    for term in &terms {
        for (&label, &n) in term.labels.iter().zip(term.array.shape()) {
            let known = sizes.entry(label).or_insert(n);
            if *known == 1 {
                *known = n;
            } else if n != 1 && n != *known {
                return Err(Error::value(format!(
                    "operands could not be broadcast together with remapped shapes [original->remapped]: {} ",
                    operands
                        .iter()
                        .map(|array| shape_text(array.shape()).replace(", ", ","))
                        .collect::<Vec<_>>()
                        .join(" ")
                )));
            }
        }
    }
    if let [term] = &terms[..]
        && dtype.is_none_or(|dtype| dtype == term.array.dtype())
        && term.labels.iter().all(|label| output.contains(label))
    {
        return Ok(arranged(term, &output, &sizes));
    }
    let order = memory_order(&terms, &output, &sizes);
    let common = promote_all(operands.iter().map(|array| array.dtype()));
    let common = dtype.cloned().or(common).unwrap_or(DType::Float64);
    for term in &mut terms {
        term.array = term.array.as_dtype(&common)?;
    }
    let mut rest = terms.into_iter();
    let mut result = rest
        .next()
        .ok_or_else(|| Error::value("No input operands"))?;
    let later: Vec<Term> = rest.collect();
    for (i, term) in later.iter().enumerate() {
        let needed = |label: &Label| {
            output.contains(label)
                || later[i + 1..]
                    .iter()
                    .any(|later| later.labels.contains(label))
        };
        result = contract(&result, term, &needed, &sizes)?;
    }
    let result = summed(&result, &|label| output.contains(label))?;
    let arranged = arranged(&result, &output, &sizes);
    let ordered = empty_in_order(arranged.shape(), &common, &order)?;
    // A broadcast view is no result to write to.
    if arranged.is_writeable() && !later.is_empty() && arranged.strides() == ordered.strides() {
        return Ok(arranged);
    }
    ordered.assign(&arranged)?;
    Ok(ordered)
}

/// The memory order of the result's axes: as those of the operands lie, the summed axes having their say too.
fn memory_order(terms: &[Term], output: &[Label], sizes: &BTreeMap<Label, usize>) -> Shape {
    let summed = sizes.keys().filter(|label| !output.contains(label));
    let labels: Vec<Label> = output.iter().chain(summed).copied().collect();
    let views: Vec<Array> = terms
        .iter()
        .map(|term| arranged(term, &labels, sizes))
        .collect();
    let mut order = agreed_order(labels.len(), &views.iter().collect::<Vec<_>>());
    order.retain(|axis| *axis < output.len());
    order
}

/// Labels of each operand's axes, and of the result's.
fn parse(subscripts: &str, operands: &[Array]) -> Result<(Vec<Vec<Label>>, Vec<Label>)> {
    let text: String = subscripts.chars().filter(|c| !c.is_whitespace()).collect();
    let (left, right) = match text.split_once("->") {
        Some((left, right)) => (left.to_owned(), Some(right.to_owned())),
        None => (text, None),
    };
    let parts: Vec<&str> = left.split(',').collect();
    if parts.len() != operands.len() {
        let which = if parts.len() < operands.len() {
            "more"
        } else {
            "fewer"
        };
        return Err(Error::value(format!(
            "{which} operands provided to einstein sum function than specified in the subscripts string"
        )));
    }
    let mut most = 0;
    let mut inputs = Vec::new();
    for (i, (part, array)) in parts.iter().zip(operands).enumerate() {
        let (labels, extra) = input_labels(part, array, i)?;
        most = most.max(extra);
        inputs.push(labels);
    }
    let output = match right {
        Some(right) => output_labels(&right, most, &inputs)?,
        None => implied_output(&inputs, most),
    };
    Ok((inputs, output))
}

fn letter(c: char) -> Result<Label> {
    if c.is_ascii_alphabetic() {
        return Ok(Label::Letter(c));
    }
    Err(Error::value(format!(
        "invalid subscript '{c}' in einstein sum subscripts string, subscripts must be letters"
    )))
}

/// Labels of one operand, and how many axes its ellipsis stands for.
fn input_labels(part: &str, array: &Array, operand: usize) -> Result<(Vec<Label>, usize)> {
    let letters = part.chars().filter(|&c| c != '.').count();
    let dots = part.chars().count() - letters;
    let position = part.find("...");
    if dots != if position.is_some() { 3 } else { 0 } {
        return Err(Error::value(format!(
            "einstein sum subscripts string contains a '.' that is not part of an ellipsis ('...') in operand {operand}"
        )));
    }
    if letters > array.ndim() {
        return Err(Error::value(format!(
            "einstein sum subscripts string contains too many subscripts for operand {operand}"
        )));
    }
    let extra = array.ndim() - letters;
    if extra > 0 && position.is_none() {
        return Err(Error::value(
            "operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to \
             broadcast the extra dimensions.",
        ));
    }
    let mut labels = Vec::with_capacity(array.ndim());
    for (i, c) in part.chars().enumerate() {
        if Some(i) == position {
            labels.extend((0..extra).rev().map(Label::Broadcast));
        }
        if c != '.' {
            labels.push(letter(c)?);
        }
    }
    Ok((labels, extra))
}

fn output_labels(right: &str, most: usize, inputs: &[Vec<Label>]) -> Result<Vec<Label>> {
    let mut output: Vec<Label> = Vec::new();
    let position = right.find("...");
    if right.matches('.').count() != if position.is_some() { 3 } else { 0 } {
        return Err(Error::value(
            "einstein sum subscripts string contains a '.' that is not part of an ellipsis ('...') in the output",
        ));
    }
    for (i, c) in right.chars().enumerate() {
        if Some(i) == position {
            output.extend((0..most).rev().map(Label::Broadcast));
        }
        if c == '.' {
            continue;
        }
        let label = letter(c)?;
        if output.contains(&label) {
            return Err(Error::value(format!(
                "einstein sum subscripts string includes output subscript '{c}' multiple times"
            )));
        }
        if !inputs.iter().any(|labels| labels.contains(&label)) {
            return Err(Error::value(format!(
                "einstein sum subscripts string included output subscript '{c}' which never appeared in an input"
            )));
        }
        output.push(label);
    }
    if position.is_none() && most > 0 {
        return Err(Error::value(
            "output has fewer dimensions than the broadcast operands: einstein sum needs '...' in the output subscripts",
        ));
    }
    Ok(output)
}

/// Without an arrow, the axes of the ellipsis and the letters that stand once, in alphabetical order.
fn implied_output(inputs: &[Vec<Label>], most: usize) -> Vec<Label> {
    let all: Vec<Label> = inputs.iter().flatten().copied().collect();
    let mut letters: Vec<Label> = all
        .iter()
        .copied()
        .filter(|label| all.iter().filter(|other| *other == label).count() == 1)
        .collect();
    letters.retain(|label| matches!(label, Label::Letter(_)));
    letters.sort_unstable();
    (0..most)
        .rev()
        .map(Label::Broadcast)
        .chain(letters)
        .collect()
}

/// The operand with axes of one label put together: their diagonal, as a view.
fn diagonal(array: &Array, labels: &[Label]) -> Result<Term> {
    let mut layout = Layout {
        shape: Shape::new(),
        strides: Strides::new(),
        offset: array.layout().offset,
    };
    let mut distinct: Vec<Label> = Vec::new();
    for (axis, &label) in labels.iter().enumerate() {
        let (n, stride) = (array.shape()[axis], array.strides()[axis]);
        let Some(place) = distinct.iter().position(|&other| other == label) else {
            distinct.push(label);
            layout.shape.push(n);
            layout.strides.push(stride);
            continue;
        };
        if n != layout.shape[place] && n != 1 && layout.shape[place] != 1 {
            let Label::Letter(c) = label else { continue };
            return Err(Error::value(format!(
                "dimensions in single operand for collapsing index '{c}' don't match ({} != {n})",
                layout.shape[place]
            )));
        }
        // An axis of length one is repeated beside a longer one.
        if layout.shape[place] == 1 {
            (layout.shape[place], layout.strides[place]) = (n, stride);
        } else if n != 1 {
            layout.strides[place] += stride;
        }
    }
    Ok(Term {
        array: array.with_layout(layout),
        labels: distinct,
    })
}

/// The term's axes in the order of `labels`, those it lacks repeated.
fn arranged(term: &Term, labels: &[Label], sizes: &BTreeMap<Label, usize>) -> Array {
    let mut layout = Layout {
        shape: Shape::new(),
        strides: Strides::new(),
        offset: term.array.layout().offset,
    };
    let mut repeated = false;
    for label in labels {
        let size = sizes.get(label).copied().unwrap_or(1);
        let place = term.labels.iter().position(|other| other == label);
        let (n, stride) = place.map_or((1, 0), |axis| {
            (term.array.shape()[axis], term.array.strides()[axis])
        });
        repeated |= n != size;
        layout.shape.push(size);
        layout.strides.push(if n == size { stride } else { 0 });
    }
    let view = term.array.with_layout(layout);
    if repeated { view.readonly() } else { view }
}

/// The term summed over the axes that are not needed.
fn summed(term: &Term, needed: &dyn Fn(&Label) -> bool) -> Result<Term> {
    let axes: Vec<isize> = (0..term.labels.len())
        .filter(|&axis| !needed(&term.labels[axis]))
        .map(|axis| axis as isize)
        .collect();
    if axes.is_empty() {
        return Ok(term.clone());
    }
    let add = ufunc::get("add").ok_or_else(|| Error::runtime("no ufunc add"))?;
    let dtype = Some(term.array.dtype().clone());
    let array = add.reduce(
        &term.array,
        &Reduction {
            axes: Some(axes.into()),
            dtype,
            ..Reduction::default()
        },
    )?;
    Ok(Term {
        array,
        labels: term
            .labels
            .iter()
            .copied()
            .filter(|label| needed(label))
            .collect(),
    })
}

/// The product of two terms, summed over the axes that are not needed any more.
fn contract(
    a: &Term,
    b: &Term,
    needed: &dyn Fn(&Label) -> bool,
    sizes: &BTreeMap<Label, usize>,
) -> Result<Term> {
    // What only one of the two has and nobody needs is summed before the product.
    let a = summed(a, &|label| needed(label) || b.labels.contains(label))?;
    let b = summed(b, &|label| needed(label) || a.labels.contains(label))?;
    let shared = |label: &Label| a.labels.contains(label) && b.labels.contains(label);
    let pick = |labels: &[Label], test: &dyn Fn(&Label) -> bool| -> Vec<Label> {
        labels.iter().copied().filter(|label| test(label)).collect()
    };
    let batch = pick(&a.labels, &|label| shared(label) && needed(label));
    let inner = pick(&a.labels, &|label| shared(label) && !needed(label));
    let left = pick(&a.labels, &|label| !shared(label));
    let right = pick(&b.labels, &|label| !shared(label));
    let size = |labels: &[Label]| labels.iter().map(|label| sizes[label]).product::<usize>();
    let stack: Shape = batch.iter().map(|label| sizes[label]).collect();
    let matrix = |term: &Term, rows: &[Label], columns: &[Label]| -> Result<Array> {
        let order: Vec<Label> = batch.iter().chain(rows).chain(columns).copied().collect();
        let shape: Shape = stack
            .iter()
            .copied()
            .chain([size(rows), size(columns)])
            .collect();
        arranged(term, &order, sizes).reshaped(&shape, Order::C)
    };
    let product = matmul(&matrix(&a, &left, &inner)?, &matrix(&b, &inner, &right)?)?;
    let labels: Vec<Label> = batch.iter().chain(&left).chain(&right).copied().collect();
    let shape: Shape = labels.iter().map(|label| sizes[label]).collect();
    Ok(Term {
        array: product.reshaped(&shape, Order::C)?,
        labels,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(shape: &[usize]) -> Array {
        let size: usize = shape.iter().product();
        Array::from_shape(shape, &(0..size as i64).collect::<Vec<_>>()).unwrap()
    }

    fn values(subscripts: &str, operands: &[Array]) -> Vec<i64> {
        einsum(subscripts, operands, None)
            .unwrap()
            .to_vec::<i64>()
            .unwrap()
    }

    #[test]
    fn products_traces_and_rearrangements() {
        let a = numbers(&[2, 3]);
        assert_eq!(
            values("ij->ji", std::slice::from_ref(&a)),
            [0, 3, 1, 4, 2, 5]
        );
        assert_eq!(values("ij->", std::slice::from_ref(&a)), [15]);
        assert_eq!(
            values("ij,kj->ik", &[a.clone(), a.clone()]),
            [5, 14, 14, 50]
        );
        assert_eq!(values("ii", &[numbers(&[3, 3])]), [12]);
        assert_eq!(
            values("i,j,i", &[numbers(&[2]), numbers(&[3]), numbers(&[2])]),
            [0, 1, 2]
        );
        assert_eq!(values("...j,j->...", &[a, numbers(&[3])]), [5, 14]);
        assert!(
            einsum("ii->i", &[numbers(&[3, 3])], None)
                .unwrap()
                .is_writeable()
        );
    }

    #[test]
    fn wrong_subscripts_say_what_is_wrong() {
        let message = |subscripts: &str| {
            einsum(subscripts, &[numbers(&[2, 3])], None)
                .unwrap_err()
                .to_string()
        };
        assert!(message("ijk").contains("too many subscripts"));
        assert!(message("i").contains("ellipsis"));
        assert!(message("ij->ik").contains("never appeared"));
        assert!(message("ij,jk").starts_with("fewer operands"));
    }
}
