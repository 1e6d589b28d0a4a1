//! Signatures as Python writes them.

use crate::value::Value;

/// How an argument may be passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// By position only.
    PositionalOnly,
    /// By position or by name.
    Positional,
    /// All further positional arguments, as a tuple.
    Rest,
    /// By name only.
    Keyword,
    /// All further arguments by name; functions read them from the call itself.
    Keywords,
}

/// One parameter.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// How its argument may be passed.
    pub kind: ParameterKind,
    /// What stands for an argument that is not given; none if one must be.
    pub default: Option<Value>,
}

/// The parameters of a function.
#[derive(Debug)]
pub struct Signature {
    /// All parameters, in order.
    pub parameters: Vec<Parameter>,
    /// How many can be passed by position.
    pub positional: usize,
    /// The parameter that takes all further positional arguments, if there is one.
    pub rest: Option<usize>,
}

impl Signature {
    /// Reads a signature such as `"(a, /, axis=-1, *shape, out=None)"`.
    ///
    /// Signatures are written in this project's source, so a mistake in one is left as a parameter without default.
    pub fn parse(text: &'static str) -> Self {
        let inner = text
            .strip_prefix('(')
            .and_then(|text| text.strip_suffix(')'))
            .unwrap_or(text);
        let mut parameters: Vec<Parameter> = Vec::new();
        let (mut kind, mut rest) = (ParameterKind::Positional, None);
        for part in split(inner) {
            match part {
                "/" => parameters
                    .iter_mut()
                    .for_each(|parameter| parameter.kind = ParameterKind::PositionalOnly),
                "*" => kind = ParameterKind::Keyword,
                _ if part.starts_with("**") => parameters.push(Parameter {
                    name: &part[2..],
                    kind: ParameterKind::Keywords,
                    default: Some(Value::None),
                }),
                _ if part.starts_with('*') => {
                    rest = Some(parameters.len());
                    parameters.push(Parameter {
                        name: &part[1..],
                        kind: ParameterKind::Rest,
                        default: Some(Value::Tuple(Vec::new())),
                    });
                    kind = ParameterKind::Keyword;
                }
                _ => {
                    let (name, default) = match part.split_once('=') {
                        Some((name, default)) => (name, Some(literal(default.trim()))),
                        None => (part, None),
                    };
                    parameters.push(Parameter {
                        name: name.trim(),
                        kind,
                        default,
                    });
                }
            }
        }
        let by_position = |parameter: &&Parameter| {
            matches!(
                parameter.kind,
                ParameterKind::Positional | ParameterKind::PositionalOnly
            )
        };
        Self {
            positional: parameters.iter().take_while(by_position).count(),
            rest,
            parameters,
        }
    }
}

/// Splits at the commas that are outside of parentheses and quotes.
fn split(text: &'static str) -> impl Iterator<Item = &'static str> {
    let (mut depth, mut quoted) = (0_usize, false);
    text.split(move |c| {
        match c {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0 && !quoted
    })
    .map(str::trim)
    .filter(|part| !part.is_empty())
}

/// The value of a Python literal.
fn literal(text: &str) -> Value {
    match text {
        "None" => Value::None,
        "True" => Value::Bool(true),
        "False" => Value::Bool(false),
        "<no value>" => Value::Missing,
        "()" => Value::Tuple(Vec::new()),
        _ => {
            let quoted = text
                .strip_prefix('\'')
                .and_then(|text| text.strip_suffix('\''));
            if let Some(text) = quoted {
                Value::Str(text.to_owned())
            } else if let Ok(value) = text.parse() {
                Value::Int(value)
            } else {
                text.parse().map_or(Value::Missing, Value::Float)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_know_how_they_are_passed() {
        let signature =
            Signature::parse("(a, /, axis=-1, *shape, out=None, order='C', start=<no value>)");
        let kinds: Vec<_> = signature
            .parameters
            .iter()
            .map(|parameter| (parameter.name, parameter.kind))
            .collect();
        use ParameterKind::*;
        let expected = [
            ("a", PositionalOnly),
            ("axis", Positional),
            ("shape", Rest),
            ("out", Keyword),
            ("order", Keyword),
            ("start", Keyword),
        ];
        assert_eq!(kinds, expected);
        assert_eq!((signature.positional, signature.rest), (2, Some(2)));
        assert!(matches!(
            signature.parameters[1].default,
            Some(Value::Int(-1))
        ));
        assert!(signature.parameters[0].default.is_none());
        assert!(
            matches!(&signature.parameters[4].default, Some(Value::Str(order)) if order == "C")
        );
    }

    #[test]
    fn a_function_may_take_nothing() {
        assert!(Signature::parse("()").parameters.is_empty());
    }
}
