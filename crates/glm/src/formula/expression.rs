//! The tree of a formula.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What stands between two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each variant is named after its sign")]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Interact,
    In,
    Power,
    FloorDivide,
    Modulo,
    And,
    Or,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

impl Operator {
    /// The sign.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Interact => ":",
            Self::In => "%in%",
            Self::Power => "**",
            Self::FloorDivide => "//",
            Self::Modulo => "%",
            Self::And => "&",
            Self::Or => "|",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
        }
    }
}

/// An argument of a call, with its name if it was given by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Argument {
    /// The name.
    pub name: Option<String>,
    /// The value.
    pub value: Expression,
}

/// A formula, or a part of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Expression {
    /// A column, or a word with a meaning to the call that it is an argument of.
    Name(String),
    /// A number.
    Number(f64),
    /// Quoted text.
    Text(String),
    /// `.`: all columns but the response's.
    Dot,
    /// `[a, b]` or `c(a, b)`.
    List(Vec<Expression>),
    /// A function's call.
    Call {
        /// The function, without the name of a module.
        function: String,
        /// The function as it was written.
        written: String,
        /// The arguments.
        arguments: Vec<Argument>,
    },
    /// `-x`.
    Negative(Box<Expression>),
    /// `!x`.
    Not(Box<Expression>),
    /// Two expressions and what stands between them.
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// An expression between parentheses.
    Group(Box<Expression>),
}

/// Names that are no columns: what programs call truth, nothing, and some numbers.
fn is_word(name: &str) -> bool {
    matches!(name, "True" | "False" | "TRUE" | "FALSE" | "None" | "NULL")
        || constant(name).is_some()
}

/// The number that a name stands for in every data set.
pub(super) fn constant(name: &str) -> Option<f64> {
    Some(match name {
        "np.pi" | "numpy.pi" => std::f64::consts::PI,
        "np.e" | "numpy.e" => std::f64::consts::E,
        "np.inf" | "numpy.inf" => f64::INFINITY,
        "np.nan" | "numpy.nan" => f64::NAN,
        "True" | "TRUE" => 1.0,
        "False" | "FALSE" => 0.0,
        _ => return None,
    })
}

impl Expression {
    /// Calls `visit` with each column that the expression names.
    pub fn for_names<'a>(&'a self, visit: &mut dyn FnMut(&'a str)) {
        match self {
            Self::Name(name) if is_word(name) => {}
            Self::Name(name) => visit(name),
            Self::Number(_) | Self::Text(_) | Self::Dot => {}
            Self::List(items) => items.iter().for_each(|item| item.for_names(visit)),
            Self::Call {
                function,
                arguments,
                ..
            } => {
                if function == "Q"
                    && let [
                        Argument {
                            value: Self::Text(name),
                            ..
                        },
                    ] = arguments.as_slice()
                {
                    return visit(name);
                }
                // Contrasts are named, and options given, by what are no columns.
                let data = |(index, argument): &(usize, &Argument)| {
                    argument.name.is_none()
                        && (*index == 0 || !matches!(function.as_str(), "C" | "factor"))
                };
                for (_, argument) in arguments.iter().enumerate().filter(data) {
                    argument.value.for_names(visit);
                }
            }
            Self::Negative(inner) | Self::Not(inner) | Self::Group(inner) => inner.for_names(visit),
            Self::Binary(_, left, right) => {
                left.for_names(visit);
                right.for_names(visit);
            }
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, items: &[Self]| {
            for (index, item) in items.iter().enumerate() {
                let separator = if index == 0 { "" } else { ", " };
                write!(f, "{separator}{item}")?;
            }
            Ok(())
        };
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "'{text}'"),
            Self::Dot => f.write_str("."),
            Self::List(items) => {
                f.write_str("[")?;
                list(f, items)?;
                f.write_str("]")
            }
            Self::Call {
                written, arguments, ..
            } => {
                write!(f, "{written}(")?;
                for (index, argument) in arguments.iter().enumerate() {
                    if index > 0 {
                        f.write_str(", ")?;
                    }
                    if let Some(name) = &argument.name {
                        write!(f, "{name}=")?;
                    }
                    write!(f, "{}", argument.value)?;
                }
                f.write_str(")")
            }
            Self::Negative(inner) => write!(f, "-{inner}"),
            Self::Not(inner) => write!(f, "!{inner}"),
            Self::Binary(Operator::Interact, left, right) => write!(f, "{left}:{right}"),
            Self::Binary(operator, left, right) => {
                write!(f, "{left} {} {right}", operator.sign())
            }
            Self::Group(inner) => write!(f, "({inner})"),
        }
    }
}
