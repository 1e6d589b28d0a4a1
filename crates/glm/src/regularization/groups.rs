//! Which coefficients are zero or not together.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::formula::Recipe;
use crate::solvers::Group;

/// Groups of coefficients. Those that belong to none are penalised by themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Groups {
    /// The coefficients of each term, if the text is "terms".
    Rule(String),
    /// The label of each coefficient's group.
    Labels(Vec<Option<i64>>),
    /// Names of terms or coefficients, a list a group.
    Named(Vec<Vec<String>>),
}

impl Groups {
    /// The groups of a model's coefficients; the weight of each is √p times the mean of its coefficients' own.
    pub(super) fn among(&self, recipe: &Recipe, each: &[f64]) -> Result<Vec<Group>> {
        let k = recipe.names.len();
        let sets: Vec<Vec<usize>> = match self {
            Self::Rule(rule) if rule == "terms" => (1..=recipe.term_names.len())
                .map(|term| (0..k).filter(|c| recipe.assign[*c] == term).collect())
                .collect(),
            Self::Rule(rule) => {
                return Err(Error::value(format!(
                    "groups must be 'terms', labels of coefficients or lists of names, not '{rule}'"
                )));
            }
            Self::Labels(labels) => {
                if labels.len() != k {
                    return Err(Error::value(format!(
                        "groups has {} labels, but there are {k} coefficients: {}",
                        labels.len(),
                        recipe.names.join(", ")
                    )));
                }
                let mut known: Vec<i64> = labels.iter().flatten().copied().collect();
                known.sort_unstable();
                known.dedup();
                let of = |label: i64| (0..k).filter(|c| labels[*c] == Some(label)).collect();
                known.into_iter().map(of).collect()
            }
            Self::Named(lists) => {
                let mut sets = Vec::new();
                for list in lists {
                    let mut set = Vec::new();
                    for name in list {
                        set.extend(recipe.columns_named(name, "groups")?);
                    }
                    sets.push(set);
                }
                sets
            }
        };
        let mut taken = vec![false; k];
        let mut groups = Vec::new();
        for set in sets {
            // What is not penalised cannot be zero by a penalty.
            let columns: Vec<usize> = set.into_iter().filter(|c| each[*c] > 0.0).collect();
            if columns.is_empty() {
                continue;
            }
            for &column in &columns {
                if std::mem::replace(&mut taken[column], true) {
                    return Err(Error::value(format!(
                        "'{}' is in two groups; groups must not overlap",
                        recipe.names[column]
                    )));
                }
            }
            let size = columns.len() as f64;
            let mean = columns.iter().map(|c| each[*c]).sum::<f64>() / size;
            groups.push(Group {
                columns,
                weight: mean * size.sqrt(),
            });
        }
        Ok(groups)
    }
}
