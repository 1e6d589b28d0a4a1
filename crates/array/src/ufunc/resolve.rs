//! Which loop serves a call.

use smallvec::SmallVec;

use super::{Input, Loop, Signature, Ufunc};
use crate::dtype::{Casting, Class, Weak, can_cast, promote_all};
use crate::{DType, Error, Result};

impl Ufunc {
    /// The first loop to which the inputs can be cast.
    pub(super) fn resolve(
        &self,
        inputs: &[Input<'_>],
        signature: Option<&Signature>,
        casting: Casting,
    ) -> Result<&Loop> {
        let dtypes = super::input::effective_dtypes(inputs);
        if self.is_logical() && self.nin == 2 && signature.is_none() {
            return self.logical_loop(inputs, &dtypes);
        }
        if signature.is_none() && self.has_parts() {
            return self.resolve_parts(inputs, &dtypes, casting);
        }
        self.resolve_dtypes(&dtypes, signature, casting)
    }

    /// Whether the operands play different parts, as the number and the exponent of `ldexp` do.
    fn has_parts(&self) -> bool {
        let first = self.loops.first();
        self.nin > 1 && first.is_some_and(|row| row.inputs[0] != row.inputs[1])
    }

    /// The first loop for operands of different parts: a Python number has a type of its own there, not that of the others.
    /// Beside arrays an integer counts as the smallest there is.
    fn resolve_parts(
        &self,
        inputs: &[Input<'_>],
        dtypes: &[DType],
        casting: Casting,
    ) -> Result<&Loop> {
        let alone = inputs.iter().all(|input| input.weak().is_some());
        let own = |input: &Input<'_>, dtype: &DType| match input.weak() {
            Some(Weak::Int) if !alone => DType::Int8,
            Some(weak) => weak.default_dtype(),
            None => dtype.clone(),
        };
        let own: SmallVec<[DType; 4]> = inputs
            .iter()
            .zip(dtypes)
            .map(|(input, dtype)| own(input, dtype))
            .collect();
        self.resolve_dtypes(&own, None, casting)
    }

    /// As for a call with inputs of these types.
    ///
    /// # Errors
    /// If no loop takes them.
    pub fn resolve_dtypes(
        &self,
        dtypes: &[DType],
        signature: Option<&Signature>,
        casting: Casting,
    ) -> Result<&Loop> {
        let bools = dtypes.iter().all(|dtype| *dtype == DType::Bool);
        if bools && self.refuses_bool && signature.is_none() {
            return Err(self.no_loop(dtypes, casting));
        }
        let Some(signature) = signature else {
            let fits = |row: &&Loop| {
                dtypes
                    .iter()
                    .zip(&row.inputs)
                    .all(|(from, to)| can_cast(from, to, Casting::Safe))
            };
            return self
                .loops
                .iter()
                .find(fits)
                .ok_or_else(|| self.no_loop(dtypes, casting));
        };
        let fixed = |row: &Loop| {
            let types = row.inputs.iter().chain(&row.outputs);
            types
                .zip(signature)
                .all(|(have, want)| want.as_ref().is_none_or(|want| want == have))
        };
        if self.is_uniform() {
            return self.uniform_loop(dtypes, signature);
        }
        let castable = |row: &Loop, rule: Casting| {
            dtypes
                .iter()
                .zip(&row.inputs)
                .all(|(from, to)| can_cast(from, to, rule))
        };
        // Inputs whose type is not fixed must not lose anything if it can be helped.
        let free_inputs_safe = |row: &Loop| {
            (0..self.nin).all(|i| {
                signature[i].is_some() || can_cast(&dtypes[i], &row.inputs[i], Casting::Safe)
            })
        };
        let matching: SmallVec<[&Loop; 8]> = self.loops.iter().filter(|row| fixed(row)).collect();
        matching
            .iter()
            .find(|row| free_inputs_safe(row) && castable(row, casting))
            .or_else(|| matching.iter().find(|row| castable(row, casting)))
            .or_else(|| matching.first())
            .copied()
            .ok_or_else(|| self.no_matching_loop())
    }

    /// Whether this is an operation on the truth of values.
    pub(super) fn is_logical(&self) -> bool {
        self.name.starts_with("logical_")
    }

    /// Whether all loops of several inputs take these in one type.
    fn is_uniform(&self) -> bool {
        let uniform = |row: &Loop| row.inputs.iter().all(|dtype| *dtype == row.inputs[0]);
        self.nin > 1 && !self.is_logical() && (self.compares || self.loops.iter().all(uniform))
    }

    /// The loop of truth values, to which everything can be cast, unless the inputs have one type.
    fn logical_loop(&self, inputs: &[Input<'_>], dtypes: &[DType]) -> Result<&Loop> {
        let too_large = |input: &Input<'_>| matches!(*input, Input::Int(value) if i64::try_from(value).is_err());
        if inputs.iter().any(too_large) {
            return Err(Error::overflow("Python int too large to convert to C long"));
        }
        let strong = inputs.iter().all(|input| input.weak().is_none());
        let one_type = strong && dtypes.iter().all(|dtype| *dtype == dtypes[0]);
        let dtype = if one_type { &dtypes[0] } else { &DType::Bool };
        self.loop_of(dtype).ok_or_else(|| self.no_matching_loop())
    }

    /// The loop for types of which some are given: the others are the one that the given types, or those of the inputs,
    /// have in common.
    fn uniform_loop(&self, dtypes: &[DType], signature: &Signature) -> Result<&Loop> {
        let wanted = |i: usize| signature.get(i).and_then(Option::as_ref);
        let mut results = (self.nin..self.nin + self.nout).filter_map(wanted);
        let result = results
            .next()
            .filter(|first| results.all(|other| other == *first));
        let common = match result {
            Some(result) if !self.compares => Some(result.clone()),
            _ => promote_all((0..self.nin).map(|i| wanted(i).unwrap_or(&dtypes[i]))),
        };
        let fits = |row: &&Loop| {
            let inputs =
                (0..self.nin).all(|i| Some(&row.inputs[i]) == wanted(i).or(common.as_ref()));
            let results = row.outputs.iter().enumerate();
            inputs
                && results
                    .into_iter()
                    .all(|(i, have)| wanted(self.nin + i).is_none_or(|want| want == have))
        };
        self.loops
            .iter()
            .find(fits)
            .ok_or_else(|| self.no_matching_loop())
    }

    fn no_matching_loop(&self) -> Error {
        Error::no_loop(format!(
            "No loop matching the specified signature and casting was found for ufunc {}",
            self.name
        ))
    }

    fn no_loop(&self, dtypes: &[DType], _: Casting) -> Error {
        if self.name == "subtract" && dtypes.iter().all(|dtype| *dtype == DType::Bool) {
            return Error::type_(
                "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or \
                 the logical_xor function instead.",
            );
        }
        if self.name == "negative" && dtypes.iter().all(|dtype| *dtype == DType::Bool) {
            return Error::type_(
                "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the \
                 logical_not function instead.",
            );
        }
        if self.refuses_bool && dtypes.iter().all(|dtype| *dtype == DType::Bool) {
            return Error::no_loop(format!(
                "ufunc '{}' did not contain a loop for truth values",
                self.name
            ));
        }
        if matches!(self.name, "gcd" | "lcm") {
            return Error::no_loop(format!(
                "ufunc '{}' did not contain a loop with signature matching types ({}) -> None",
                self.name,
                dtypes
                    .iter()
                    .map(|dtype| format!("dtype('{dtype}')"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ));
        }
        Error::type_(format!(
            "ufunc '{}' not supported for the input types, and the inputs could not be safely coerced to any supported \
             types according to the casting rule ''safe''",
            self.name
        ))
    }

    /// Refuses casts that the rule does not allow.
    pub(super) fn check_casts(
        &self,
        inputs: &[Input<'_>],
        row: &Loop,
        out: &[Option<DType>],
        casting: Casting,
        signature: Option<&Signature>,
    ) -> Result<()> {
        // Truth is asked of anything.
        let of_truth = self.is_logical() && signature.is_none() && row.inputs[0] == DType::Bool;
        let cannot_cast = |i: usize, from: &DType, to: &DType| {
            let which = if self.nin == 1 {
                String::from("input")
            } else {
                format!("input {i}")
            };
            self.cannot_cast(&which, from, to, casting)
        };
        for (i, (input, to)) in inputs.iter().zip(&row.inputs).enumerate() {
            let Some(weak) = input.weak().filter(|_| !of_truth) else {
                continue;
            };
            let own = weak.default_dtype();
            let fixed = self.nin > 1 && signature.is_some_and(|signature| signature[i].is_some());
            if !fixed && !weak_can_cast(weak, to, casting) {
                return Err(cannot_cast(i, &own, to));
            }
            let of_integers = self.compares && to.is_integer();
            if casting == Casting::Equiv && own != *to && !of_integers {
                return Err(Error::type_(format!(
                    "cannot cast Python {} to {to} under the casting rule 'equiv'",
                    weak.name()
                )));
            }
            if fixed || weak == Weak::Int {
                input.converted(to)?;
            }
        }
        for (i, (input, to)) in inputs.iter().zip(&row.inputs).enumerate() {
            // Quotients of integers are those of floats.
            let to = match self.name {
                "divide" => &row.outputs[0],
                _ => to,
            };
            if let Some(from) = input.dtype()
                && from != *to
                && !of_truth
                && !can_cast(&from, to, casting)
            {
                return Err(cannot_cast(i, &from, to));
            }
        }
        for (i, (from, to)) in row.outputs.iter().zip(out).enumerate() {
            if let Some(to) = to
                && from != to
                && !can_cast(from, to, casting)
            {
                let which = if self.nout == 1 {
                    String::from("output")
                } else {
                    format!("output {i}")
                };
                return Err(self.cannot_cast(&which, from, to, casting));
            }
        }
        Ok(())
    }

    fn cannot_cast(&self, which: &str, from: &DType, to: &DType, casting: Casting) -> Error {
        Error::casting(format!(
            "Cannot cast ufunc '{}' {which} from dtype('{from}') to dtype('{to}') with casting rule '{}'",
            self.name,
            casting.name()
        ))
    }
}

/// Whether a Python number may become a value of a dtype: within its class it takes any type that can hold it.
fn weak_can_cast(weak: Weak, to: &DType, casting: Casting) -> bool {
    match (to.class(), weak) {
        _ if casting == Casting::Unsafe => true,
        (Class::Complex, _) | (Class::Floating, Weak::Int | Weak::Float) => true,
        (Class::Signed | Class::Unsigned, Weak::Int) => true,
        _ => false,
    }
}
