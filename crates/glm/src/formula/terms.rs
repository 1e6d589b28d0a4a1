//! A formula's terms: sums and products of factors multiplied out.

use super::expression::{Expression, Operator};
use super::parser::Formula;
use crate::error::{Error, Result};

/// The terms of a formula, each the set of the factors that are multiplied in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Terms {
    /// Whether there is a constant.
    pub intercept: bool,
    /// The distinct factors, in the order in which they are first named.
    pub factors: Vec<Expression>,
    /// The terms by degree; each lists positions among the factors.
    pub terms: Vec<Vec<usize>>,
    /// What stands in `offset()`.
    pub offsets: Vec<Expression>,
}

/// The terms of a formula's right side; `others` are the columns that a dot stands for.
///
/// ```
/// use rustsci_glm::formula::{expand, parse};
/// let terms = expand(&parse("y ~ a*b - 1")?, &[])?;
/// assert!(!terms.intercept);
/// assert_eq!(terms.terms, [vec![0], vec![1], vec![0, 1]]);
/// # Ok::<(), rustsci_glm::Error>(())
/// ```
///
/// # Errors
/// If what is added or multiplied is not a term.
pub fn expand(formula: &Formula, others: &[String]) -> Result<Terms> {
    let mut expansion = Expansion {
        others,
        terms: Terms::default(),
    };
    let sum = expansion.sum(&formula.predictors)?;
    let mut result = expansion.terms;
    result.intercept = sum.intercept.unwrap_or(true);
    result.terms = sum.terms;
    result.terms.sort_by_key(Vec::len);
    Ok(result)
}

/// Terms, and whether a constant was asked for or removed.
#[derive(Clone, Debug, Default)]
struct Sum {
    intercept: Option<bool>,
    terms: Vec<Vec<usize>>,
}

impl Sum {
    fn add(&mut self, term: Vec<usize>) {
        if !self.terms.iter().any(|known| same(known, &term)) {
            self.terms.push(term);
        }
    }

    fn extend(&mut self, other: Self) {
        self.intercept = other.intercept.or(self.intercept);
        other.terms.into_iter().for_each(|term| self.add(term));
    }

    fn product(&self, other: &Self) -> Self {
        let mut out = Self::default();
        for a in &self.terms {
            for b in &other.terms {
                out.add(union(a, b));
            }
        }
        // A constant is neutral: (1 + a):b is b + a:b.
        if self.intercept == Some(true) {
            other.terms.iter().for_each(|term| out.add(term.clone()));
        }
        if other.intercept == Some(true) {
            self.terms.iter().for_each(|term| out.add(term.clone()));
        }
        out
    }
}

fn same(a: &[usize], b: &[usize]) -> bool {
    a.len() == b.len() && a.iter().all(|factor| b.contains(factor))
}

fn union(a: &[usize], b: &[usize]) -> Vec<usize> {
    let new = b.iter().filter(|factor| !a.contains(factor));
    a.iter().chain(new).copied().collect()
}

struct Expansion<'a> {
    others: &'a [String],
    terms: Terms,
}

impl Expansion<'_> {
    fn factor(&mut self, factor: &Expression) -> Sum {
        let known = self.terms.factors.iter().position(|known| known == factor);
        let index = known.unwrap_or_else(|| {
            self.terms.factors.push(factor.clone());
            self.terms.factors.len() - 1
        });
        Sum {
            intercept: None,
            terms: vec![vec![index]],
        }
    }

    fn sum(&mut self, expression: &Expression) -> Result<Sum> {
        match expression {
            Expression::Group(inner) => self.sum(inner),
            Expression::Number(number) => constant(*number, expression),
            Expression::Dot => {
                let mut sum = Sum::default();
                for name in self.others.iter().cloned() {
                    sum.extend(self.factor(&Expression::Name(name)));
                }
                Ok(sum)
            }
            Expression::Call {
                function,
                arguments,
                ..
            } if function == "offset" => match arguments.as_slice() {
                [argument] => {
                    self.terms.offsets.push(argument.value.clone());
                    Ok(Sum::default())
                }
                _ => Err(Error::value("offset() in a formula takes one argument")),
            },
            Expression::Name(_) | Expression::Call { .. } => Ok(self.factor(expression)),
            Expression::Negative(inner) => {
                let removed = self.sum(inner)?;
                Ok(Sum {
                    intercept: removed.intercept.map(|intercept| !intercept),
                    terms: Vec::new(),
                })
            }
            Expression::Binary(operator, left, right) => {
                self.binary(*operator, left, right, expression)
            }
            Expression::Text(_) | Expression::List(_) | Expression::Not(_) => {
                Err(not_a_term(expression))
            }
        }
    }

    fn binary(
        &mut self,
        operator: Operator,
        left: &Expression,
        right: &Expression,
        whole: &Expression,
    ) -> Result<Sum> {
        let mut a = self.sum(left)?;
        if operator == Operator::Power {
            let Expression::Number(power) = right else {
                return Err(not_a_term(whole));
            };
            if !(1.0..=20.0).contains(power) || power.fract() != 0.0 {
                return Err(not_a_term(whole));
            }
            let base = a.clone();
            for _ in 1..*power as usize {
                let product = a.product(&base);
                a.extend(product);
            }
            return Ok(a);
        }
        let b = self.sum(right)?;
        match operator {
            Operator::Add => a.extend(b),
            Operator::Subtract => {
                a.terms
                    .retain(|term| !b.terms.iter().any(|gone| same(gone, term)));
                a.intercept = b.intercept.map(|intercept| !intercept).or(a.intercept);
            }
            Operator::Multiply => {
                let product = a.product(&b);
                a.extend(b);
                a.extend(product);
            }
            Operator::Interact | Operator::In => return Ok(a.product(&b)),
            Operator::Divide => {
                let all = a
                    .terms
                    .iter()
                    .fold(Vec::new(), |all, term| union(&all, term));
                let within = Sum {
                    intercept: None,
                    terms: vec![all],
                };
                let nested = within.product(&b);
                a.extend(nested);
            }
            _ => return Err(not_a_term(whole)),
        }
        Ok(a)
    }
}

fn constant(number: f64, expression: &Expression) -> Result<Sum> {
    if number != 0.0 && number != 1.0 {
        return Err(not_a_term(expression));
    }
    Ok(Sum {
        intercept: Some(number == 1.0),
        terms: Vec::new(),
    })
}

#[cold]
fn not_a_term(expression: &Expression) -> Error {
    Error::value(format!(
        "'{expression}' is not a term of a formula; write I({expression}) for arithmetic"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::parse;

    fn terms(formula: &str) -> Vec<String> {
        let terms = expand(&parse(formula).unwrap(), &["p".to_owned(), "q".to_owned()]).unwrap();
        let name = |term: &Vec<usize>| {
            let names: Vec<_> = term.iter().map(|f| terms.factors[*f].to_string()).collect();
            names.join(":")
        };
        let constant = if terms.intercept { "1" } else { "0" };
        std::iter::once(constant.to_owned())
            .chain(terms.terms.iter().map(name))
            .collect()
    }

    #[test]
    fn terms_multiply_out_as_in_r() {
        assert_eq!(terms("~ a*b"), ["1", "a", "b", "a:b"]);
        assert_eq!(terms("~ a:b + a - 1"), ["0", "a", "a:b"]);
        assert_eq!(terms("~ 0 + a/b"), ["0", "a", "a:b"]);
        assert_eq!(
            terms("~ (a + b + c)^2"),
            ["1", "a", "b", "c", "a:b", "a:c", "b:c"]
        );
        assert_eq!(
            terms("~ a*b*c - a:b:c"),
            ["1", "a", "b", "c", "a:b", "a:c", "b:c"]
        );
        assert_eq!(terms("~ b %in% a"), ["1", "b:a"]);
        assert_eq!(terms("~ .^2 - p"), ["1", "q", "p:q"]);
        assert_eq!(terms("~ a + b:a + a:b"), ["1", "a", "b:a"]);
        assert_eq!(terms("~ 1"), ["1"]);
        assert_eq!(terms("~ offset(log(n)) + a"), ["1", "a"]);
    }

    #[test]
    fn arithmetic_needs_to_be_marked() {
        for wrong in ["~ a + 2", "~ a^b", "~ a < b", "~ a + 'b'"] {
            assert!(expand(&parse(wrong).unwrap(), &[]).is_err(), "{wrong}");
        }
    }
}
