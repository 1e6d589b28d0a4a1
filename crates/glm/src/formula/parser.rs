//! From tokens to the tree, by precedence.

use serde::{Deserialize, Serialize};

use super::expression::{Argument, Expression, Operator};
use super::lexer::{Token, syntax, tokens};
use crate::error::{Error, Result};

/// `response ~ predictors`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Formula {
    /// The formula as it was given.
    pub text: String,
    /// What stands left of the tilde.
    pub response: Option<Expression>,
    /// What stands right of it.
    pub predictors: Expression,
}

impl Formula {
    /// Whether there are terms that must see all rows at once: smooths and encodings.
    pub fn needs_all_rows(&self) -> bool {
        fn needs(expression: &Expression) -> bool {
            match expression {
                Expression::Group(e) | Expression::Negative(e) | Expression::Not(e) => needs(e),
                Expression::Binary(_, a, b) => needs(a) || needs(b),
                Expression::Call {
                    function,
                    arguments,
                    ..
                } => {
                    matches!(function.as_str(), "s" | "TE" | "FE")
                        || arguments.iter().any(|argument| needs(&argument.value))
                }
                _ => false,
            }
        }
        needs(&self.predictors)
    }
}

/// Reads a formula.
///
/// ```
/// let formula = rustsci_glm::formula::parse("y ~ a*log(x)").unwrap();
/// assert_eq!(formula.predictors.to_string(), "a * log(x)");
/// ```
///
/// # Errors
/// If the text is not a formula; the error shows the place.
pub fn parse(text: &str) -> Result<Formula> {
    let mut parser = Parser {
        text,
        tokens: tokens(text)?,
        next: 0,
        depth: 0,
    };
    let response = if parser.eat("~") {
        None
    } else {
        let left = parser.expression(0)?;
        if parser.peek() == &Token::End {
            return Err(
                parser.error("a formula needs a '~' between the response and the predictors")
            );
        }
        if !parser.eat("~") {
            return Err(parser.error("expected '~' or an operator"));
        }
        Some(left)
    };
    let predictors = parser.expression(0)?;
    match parser.peek() {
        Token::End => Ok(Formula {
            text: text.to_owned(),
            response,
            predictors,
        }),
        Token::Symbol("~") => Err(parser.error("a formula has only one '~'")),
        Token::Symbol(")" | "]") => Err(parser.error("nothing is open that this could close")),
        _ => Err(parser.error("expected an operator")),
    }
}

/// Operators with how tightly they bind.
const OPERATORS: &[(&str, Operator, u8)] = &[
    ("|", Operator::Or, 0),
    ("&", Operator::And, 1),
    ("==", Operator::Equal, 2),
    ("!=", Operator::NotEqual, 2),
    ("<=", Operator::LessEqual, 2),
    (">=", Operator::GreaterEqual, 2),
    ("<", Operator::Less, 2),
    (">", Operator::Greater, 2),
    ("+", Operator::Add, 3),
    ("-", Operator::Subtract, 3),
    ("*", Operator::Multiply, 4),
    ("/", Operator::Divide, 4),
    ("%in%", Operator::In, 5),
    ("%%", Operator::Modulo, 5),
    ("%", Operator::Modulo, 5),
    ("//", Operator::FloorDivide, 5),
    (":", Operator::Interact, 6),
    ("^", Operator::Power, 8),
    ("**", Operator::Power, 8),
];

/// How tightly a sign before an expression binds.
const SIGN: u8 = 7;

/// Deeper nesting than anyone writes, which would only use up the stack.
const DEEPEST: usize = 200;

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<(Token, usize)>,
    next: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> &Token {
        &self.tokens[self.next].0
    }

    fn advance(&mut self) -> Token {
        let token = self.tokens[self.next].0.clone();
        if token != Token::End {
            self.next += 1;
        }
        token
    }

    fn eat(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(), Token::Symbol(found) if *found == symbol);
        self.next += usize::from(found);
        found
    }

    fn error(&self, message: impl Into<String>) -> Error {
        syntax(self.text, self.tokens[self.next].1, message)
    }

    fn expression(&mut self, tightness: u8) -> Result<Expression> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.error("the formula is nested too deeply"));
        }
        let mut left = self.operand()?;
        while let Token::Symbol(symbol) = *self.peek()
            && let Some((_, operator, binds)) = OPERATORS.iter().find(|(sign, ..)| *sign == symbol)
            && *binds >= tightness
        {
            self.next += 1;
            // Powers are taken from the right, all else from the left.
            let right = self.expression(binds + u8::from(*operator != Operator::Power))?;
            left = Expression::Binary(*operator, Box::new(left), Box::new(right));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn operand(&mut self) -> Result<Expression> {
        let place = self.tokens[self.next].1;
        match self.advance() {
            Token::Number(number) => Ok(Expression::Number(number)),
            Token::Text(text) => Ok(Expression::Text(text)),
            Token::Name(name) if self.eat("(") => self.call(name),
            Token::Name(name) => Ok(Expression::Name(name)),
            Token::Symbol("-") => Ok(Expression::Negative(Box::new(self.expression(SIGN)?))),
            Token::Symbol("+") => self.expression(SIGN),
            // What is compared is negated, as in R: !a == b is !(a == b).
            Token::Symbol("!") => Ok(Expression::Not(Box::new(self.expression(2)?))),
            Token::Symbol(".") => Ok(Expression::Dot),
            Token::Symbol("(") => {
                let inner = self.expression(0)?;
                self.close(")", place)?;
                Ok(Expression::Group(Box::new(inner)))
            }
            Token::Symbol("[") => {
                let mut items = Vec::new();
                while !self.eat("]") {
                    items.push(self.expression(0)?);
                    if !self.eat(",") {
                        self.close("]", place)?;
                        break;
                    }
                }
                Ok(Expression::List(items))
            }
            Token::End => Err(syntax(
                self.text,
                place,
                "the formula ends where a term is expected",
            )),
            Token::Symbol(symbol) => Err(syntax(
                self.text,
                place,
                format!("expected a term, found '{symbol}'"),
            )),
        }
    }

    fn close(&mut self, symbol: &'static str, opened: usize) -> Result<()> {
        if self.eat(symbol) {
            return Ok(());
        }
        if *self.peek() == Token::End {
            return Err(syntax(
                self.text,
                opened,
                format!("no closing '{symbol}' for this one"),
            ));
        }
        Err(self.error(format!("expected '{symbol}' or an operator")))
    }

    fn call(&mut self, written: String) -> Result<Expression> {
        let opened = self.tokens[self.next - 1].1;
        let mut arguments = Vec::new();
        while !self.eat(")") {
            let name = match (self.peek(), self.tokens.get(self.next + 1)) {
                (Token::Name(name), Some((Token::Symbol("="), _))) => Some(name.clone()),
                _ => None,
            };
            self.next += if name.is_some() { 2 } else { 0 };
            let value = self.expression(0)?;
            arguments.push(Argument { name, value });
            if !self.eat(",") {
                self.close(")", opened)?;
                break;
            }
        }
        if written == "c" {
            let items = arguments.into_iter().map(|argument| argument.value);
            return Ok(Expression::List(items.collect()));
        }
        let function = ["np.", "numpy."]
            .iter()
            .find_map(|module| written.strip_prefix(module))
            .unwrap_or(&written)
            .to_owned();
        Ok(Expression::Call {
            function,
            written,
            arguments,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right(text: &str) -> String {
        fn brackets(expression: &Expression) -> String {
            match expression {
                Expression::Binary(operator, a, b) => {
                    format!("({}{}{})", brackets(a), operator.sign(), brackets(b))
                }
                Expression::Negative(inner) => format!("(-{})", brackets(inner)),
                Expression::Group(inner) => brackets(inner),
                other => other.to_string(),
            }
        }
        brackets(&parse(text).unwrap().predictors)
    }

    #[test]
    fn operators_bind_as_in_r() {
        assert_eq!(right("~ a + b*c:d^2"), "(a+(b*(c:(d**2))))");
        assert_eq!(right("~ a - b - 1"), "((a-b)-1)");
        assert_eq!(right("~ a / b %in% c"), "(a/(b%in%c))");
        assert_eq!(right("~ I(-x**2 + 1)"), "I(-x ** 2 + 1)");
        assert_eq!(right("~ a > 1 & b < 2 | c"), "(((a>1)&(b<2))|c)");
    }

    #[test]
    fn errors_show_the_place() {
        let error = parse("y ~ a + log(x").unwrap_err().to_string();
        assert!(
            error.ends_with("y ~ a + log(x\n               ^"),
            "{error}"
        );
        for wrong in [
            "y",
            "y ~",
            "y ~ a b",
            "y ~ a +",
            "y ~ a) + b",
            "y ~ a ~ b",
            "y ~ 'a",
            "y ~ $",
        ] {
            assert!(matches!(parse(wrong), Err(Error::Syntax { .. })), "{wrong}");
        }
    }
}
