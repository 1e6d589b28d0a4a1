//! Formulas: `y ~ a * log(x) + bs(z, df=5)`, by R's rules of terms, contrasts and marginality.
//!
//! The grammar is that of Wilkinson & Rogers (1973), as R and formulaic have it. A text becomes an [`Expression`];
//! its terms and what is learned from the data (levels, knots, means) become a [`Recipe`], which makes the design of
//! any data with the same columns.

mod categorical;
mod columns;
mod contrasts;
mod encoding;
mod evaluate;
mod expression;
mod frame;
mod freeze;
mod functions;
mod ingredient;
mod learning;
mod lexer;
mod names;
mod options;
mod parser;
mod polynomial;
mod recipe;
mod response;
mod single;
mod smooth;
mod terms;
mod transforms;

pub use categorical::Levels;
pub use contrasts::Contrast;
pub use expression::{Argument, Expression, Operator};
pub use frame::{Column, Frame};
pub(crate) use learning::{Learns, learning};
pub use parser::{Formula, parse};
pub use recipe::{Recipe, Unseen};
pub use response::{Response, response};
pub use single::columns_of;
pub use terms::{Terms, expand};
