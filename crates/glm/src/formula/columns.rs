//! What is known of a recipe's columns: their names, where they may be, and how they are penalised.

use super::ingredient::Kind;
use super::recipe::{Part, Recipe};
use crate::error::{Error, Result};
use crate::smooths::{Block, Part as Penalty, Penalties};
use crate::solvers::Limits;

/// One ingredient among a term's columns: every `stride` columns its own column is the next, `width` times over.
struct Axis<'a> {
    part: &'a Part,
    stride: usize,
    width: usize,
}

impl Recipe {
    /// Names the columns.
    pub(super) fn name_columns(&mut self) {
        if self.intercept {
            self.names.push("Intercept".to_owned());
            self.assign.push(0);
        }
        for (index, term) in self.terms.clone().iter().enumerate() {
            let mut numeric: Vec<Vec<String>> = Vec::new();
            let mut categorical: Vec<Vec<String>> = Vec::new();
            // Where the parts of a column's name stand: categorical ones are multiplied out first, as in the design.
            let mut places = Vec::new();
            for part in term {
                let ingredient = &self.factors[part.factor];
                let name = ingredient.written.to_string();
                if let Kind::Categorical(levels) = &ingredient.kind {
                    let labels = if part.contrasts {
                        levels.contrast.labels(&levels.names, levels.base)
                    } else {
                        levels.names.clone()
                    };
                    places.push((true, categorical.len()));
                    let bracketed = labels.iter().map(|label| format!("{name}[{label}]"));
                    categorical.push(bracketed.collect());
                } else {
                    places.push((false, numeric.len()));
                    numeric.push(if ingredient.is_numbered() {
                        let columns = 1..=ingredient.width();
                        columns.map(|column| format!("{name}[{column}]")).collect()
                    } else {
                        vec![name]
                    });
                }
            }
            for slow in combinations(&numeric) {
                for fast in combinations(&categorical) {
                    let pieces =
                        places.iter().map(
                            |(categorical, at)| {
                                if *categorical { fast[*at] } else { slow[*at] }
                            },
                        );
                    self.names.push(pieces.collect::<Vec<&str>>().join(":"));
                    self.assign.push(index + 1);
                }
            }
            let names = term
                .iter()
                .map(|part| self.factors[part.factor].written.to_string());
            self.term_names.push(names.collect::<Vec<_>>().join(":"));
        }
    }

    /// The columns of each term: the first, how many there are, and what their ingredients are.
    fn spans(&self) -> Vec<(usize, usize, Vec<Axis<'_>>)> {
        let mut start = usize::from(self.intercept);
        let mut spans = Vec::new();
        for term in &self.terms {
            let mut stride = 1;
            for part in term {
                if let Kind::Categorical(levels) = &self.factors[part.factor].kind {
                    stride *= levels.names.len() - usize::from(part.contrasts);
                }
            }
            let mut axes = Vec::new();
            for part in term {
                let ingredient = &self.factors[part.factor];
                if !matches!(ingredient.kind, Kind::Categorical(_)) {
                    let width = ingredient.width();
                    axes.push(Axis {
                        part,
                        stride,
                        width,
                    });
                    stride *= width;
                }
            }
            spans.push((start, stride, axes));
            start += stride;
        }
        spans
    }

    /// Narrows limits to the signs that coefficients of some terms must have.
    ///
    /// # Errors
    /// If a bound that was given leaves no value of that sign.
    pub(crate) fn limit_signs(&self, limits: &mut Limits) -> Result<()> {
        for (start, width, axes) in self.spans() {
            let signs: Vec<f64> = axes
                .iter()
                .filter_map(|axis| self.factors[axis.part.factor].sign())
                .collect();
            if signs.is_empty() {
                continue;
            }
            for column in start..start + width {
                if signs.iter().product::<f64>() > 0.0 {
                    limits.lower[column] = limits.lower[column].max(0.0);
                } else {
                    limits.upper[column] = limits.upper[column].min(0.0);
                }
                let (lower, upper) = (limits.lower[column], limits.upper[column]);
                if lower > upper {
                    return Err(Error::value(format!(
                        "the bounds of '{}' and the sign that its term has leave no value: {lower} is above {upper}",
                        self.names[column]
                    )));
                }
            }
        }
        Ok(())
    }

    /// Whether there are penalised smooths.
    pub(crate) fn has_smooths(&self) -> bool {
        let smooth = |part: &Part| matches!(self.factors[part.factor].kind, Kind::Smooth(_));
        self.terms.iter().flatten().any(smooth)
    }

    /// Whether there are terms whose coefficients must have a sign.
    pub(crate) fn has_signs(&self) -> bool {
        let signed = |part: &Part| self.factors[part.factor].sign().is_some();
        self.terms.iter().flatten().any(signed)
    }

    /// Refuses smooth terms where something is asked for that does not go with them.
    pub(crate) fn refuse_smooths(&self, what: &str) -> Result<()> {
        match self.penalties().blocks.first() {
            None => Ok(()),
            Some(block) => Err(Error::unsupported(format!(
                "{what} is not supported with penalised smooths such as '{}'",
                block.name
            ))),
        }
    }

    /// The penalties of smooth terms.
    pub(crate) fn penalties(&self) -> Penalties {
        let mut blocks = Vec::new();
        for ((start, width, axes), name) in self.spans().into_iter().zip(&self.term_names) {
            let mut smooth = false;
            let mut parts = Vec::new();
            for axis in &axes {
                let Kind::Smooth(of) = &self.factors[axis.part.factor].kind else {
                    continue;
                };
                smooth = true;
                let Some(own) = of.penalty() else { continue };
                // The columns that differ in this ingredient only are penalised together.
                let mut matrix = vec![0.0; width * width];
                for column in 0..width {
                    let place = column / axis.stride % axis.width;
                    for other in 0..axis.width {
                        let to = column + other * axis.stride - place * axis.stride;
                        matrix[column * width + to] = own[place * axis.width + other];
                    }
                }
                parts.push(Penalty {
                    matrix,
                    lambda: of.lambda(),
                });
            }
            if smooth {
                blocks.push(Block {
                    name: name.clone(),
                    start,
                    width,
                    parts,
                });
            }
        }
        Penalties {
            columns: self.names.len(),
            blocks,
        }
    }
}

/// All choices of one label from each list, the first list's varying fastest.
fn combinations(lists: &[Vec<String>]) -> Vec<Vec<&str>> {
    let mut all: Vec<Vec<&str>> = vec![Vec::new()];
    for list in lists {
        all = list
            .iter()
            .flat_map(|label| {
                all.iter().map(move |before| {
                    let mut next = before.clone();
                    next.push(label.as_str());
                    next
                })
            })
            .collect();
    }
    all
}
